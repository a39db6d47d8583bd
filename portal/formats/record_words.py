"""The words for what the verifier finds: code -> what holds, what fails, what cannot be told.

One source for the page, the verifier in Python and the page in a bundle.
"""

from __future__ import annotations

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal.domain.bilingual import LANGUAGES

Forms = tuple[LazyString | str, LazyString | str, LazyString | str]
OF_BUNDLE: dict[str, Forms] = {
    "files": ("", _l("The bundle is not whole, or a file is not in its form: %(what)s."), ""),
    "signature": (
        _l(
            "Every checkpoint is signed with the key of this record. Compare it with the key that"
            " the portal publishes, or that others have kept: %(keys)s"
        ),
        _l("A checkpoint is not signed with the key of this record."),
        "",
    ),
    "tree": (
        _l(
            "The leaves make exactly the tree that was signed, and every earlier checkpoint is a"
            " beginning of it. Leaves: %(leaves)s; checkpoints: %(checkpoints)s."
        ),
        _l("The leaves are not those that were signed: some were changed, added or taken away."),
        "",
    ),
    "opened": (
        _l("What is shown of the leaves is what they commit to. Leaves shown: %(openings)s."),
        _l("A leaf does not commit to what is shown of it."),
        "",
    ),
    "keys": (
        _l("Each new key was announced in a tree that the key before it had signed."),
        _l("A new key was not announced by the key before it."),
        "",
    ),
    "edition": (
        _l("The matrix is edition %(edition)s exactly as the record has it: SHA-256 %(digest)s."),
        _l("The matrix is not the edition that the record has."),
        "",
    ),
    "erased": (
        "",
        "",
        _l(
            "Comments of this edition were erased by law at their authors' request: %(comments)s."
            " Their rows keep number, date, fingerprint and answer. That the other rows are as"
            " they were is proved by a bundle from before."
        ),
    ),
    "erased_here": (
        "",
        "",
        _l(
            "Comments that were erased by law: %(comments)s. Their fingerprints are those of the"
            " record; nothing is left that they could be compared with."
        ),
    ),
    "complete": (
        _l(
            "All submissions that the record has for this consultation are in this bundle."
            " Submissions: %(submissions)s."
        ),
        _l("The record has submissions that this bundle keeps back, at the places %(odd)s."),
        "",
    ),
    "rows": (
        _l(
            "Every comment received has its row, the withheld ones too, and no row is without a"
            " comment. Comments: %(comments)s."
        ),
        _l("Comments without a row, or rows without a comment: %(odd)s."),
        "",
    ),
    "hashes": (
        _l(
            "Each row has the fingerprint that the record took when the comment was received or"
            " last changed by its author. Rows: %(rows)s."
        ),
        _l("Rows whose fingerprint is not the one in the record: %(odd)s."),
        "",
    ),
    "texts": (
        _l(
            "The texts that are shown whole are those that were received: %(texts)s. The other"
            " comments (%(unseen)s) can be checked by who holds their receipts."
        ),
        _l("Comments whose text is not the one that was received: %(odd)s."),
        "",
    ),
    "stored": (
        _l(
            "The comments kept here, with their earlier texts, are those that were received or"
            " changed by their authors. Comments: %(comments)s."
        ),
        _l("Comments kept here that are not what the record has: %(odd)s."),
        "",
    ),
    "kept_files": (
        _l("Every file that the database speaks of is here and whole. Files: %(files)s."),
        _l("Files that the database speaks of are missing or damaged: %(odd)s."),
        "",
    ),
    "kept_key": (
        _l("The key that signs the record is here."),
        _l("The key that signs the record is not here: nothing new can be signed."),
        "",
    ),
    "kept_details": (
        _l("The details of senders can be read with the keys that are here."),
        _l("Details of senders cannot be read: the key that they were sealed with is not here."),
        "",
    ),
    "unsigned": (
        "",
        "",
        _l("Nothing was signed yet when this was written: there is no record to hold it against."),
    ),
    "witness": (
        _l("A checkpoint that a witness kept is a beginning of this tree. Leaves: %(leaves)s."),
        _l("A witness kept a checkpoint that is not of this tree: there are two records."),
        _l("A witness saw a later tree (leaves: %(leaves)s). Fetch a newer bundle."),
    ),
    "witness_unknown": (
        "",
        "",
        _l("A witness's file is no checkpoint, or is signed with a key that is not in the bundle."),
    ),
}
OF_RECEIPT: dict[str, Forms] = {
    "receipt_form": (
        _l("This is the receipt of the submission %(reference)s."),
        _l("This file is not a receipt, or it was changed."),
        "",
    ),
    "receipt_words": (
        _l("The texts in it are those that were received."),
        _l("A text in it is not the one that was received."),
        _l("There are no texts in it to be checked."),
    ),
    "receipt_leaf": (
        _l("The record commits to this submission, with its reference and all its comments."),
        _l("The record does not commit to what the receipt says."),
        "",
    ),
    "receipt_waiting": (
        "",
        "",
        _l("It is not in the signed tree yet. In a minute or two it will be: look again then."),
    ),
    "receipt_signed": (
        _l("The tree that it names is signed with the key of the record."),
        _l("The tree that it names is not signed with the key of the record."),
        "",
    ),
    "receipt_tree": (
        _l("The submission stands in the signed tree, at place %(index)s."),
        _l("The submission does not stand in the signed tree."),
        _l("Without the signature nothing can be said of its place in the tree."),
    ),
    "receipt_rows": (
        _l("Each of its comments has its row in the matrix, with its fingerprint: %(comments)s."),
        _l("Comments without their row in the matrix, or with another fingerprint: %(odd)s."),
        _l("There is no published matrix yet in which its comments could stand."),
    ),
    "receipt_changed": (
        "",
        "",
        _l(
            "The record says that its author changed these comments after this receipt was made:"
            " %(odd)s. If that was not you, somebody else did."
        ),
    ),
    "receipt_bundle": (
        _l("The bundle has the same submission at the same place."),
        _l("The bundle does not have this submission at its place."),
        "",
    ),
}
OF_ALL: dict[str, Forms] = {
    "verdict": (
        _l("All that could be checked holds."),
        _l("Something does not hold. Keep these files, and tell the portal and a witness of it."),
        "",
    ),
    "cannot": (_l("What this does not prove"), "", ""),
    "cannot_invented": (
        _l(
            "Who sent a comment, and whether the operator wrote some himself. That yours was not"
            " left out is proved by your receipt, and by nothing else."
        ),
        "",
        "",
    ),
    "cannot_split": (
        _l(
            "That the portal shows everybody the same record. Witnesses who keep its checkpoints"
            " and compare them would see if it did not."
        ),
        "",
        "",
    ),
    "cannot_time": (
        _l(
            "The exact hour: times are those of the portal's clock. A time stamp of another"
            " authority, where there is one, says when a checkpoint existed at the latest."
        ),
        "",
        "",
    ),
    "cannot_withheld": (
        _l("What texts that are not public say: that is known to who holds their receipts."),
        "",
        "",
    ),
}
OF_PAGE: dict[str, Forms] = {
    "page_title": (_l("Check the record"), "", ""),
    "page_lead": (
        _l(
            "This page checks the files of its own folder and your receipt. It needs no network,"
            " and nothing leaves your computer."
        ),
        "",
        "",
    ),
    "page_folder": (_l("Choose the folder of this bundle"), "", ""),
    "page_receipt": (_l("Choose your receipt, if you have one"), "", ""),
    "page_working": (_l("Checking…"), "", ""),
    "page_unable": (
        _l("This browser cannot check signatures (Ed25519). A newer one can, or verify.py."),
        "",
        "",
    ),
}
WORDS: dict[str, Forms] = {**OF_BUNDLE, **OF_RECEIPT, **OF_ALL, **OF_PAGE}


def spoken() -> dict[str, dict[str, list[str]]]:
    """Every code in both languages, not filled in."""
    found: dict[str, dict[str, list[str]]] = {code: {} for code in WORDS}
    for lang in LANGUAGES:
        with force_locale(lang):
            for code, forms in WORDS.items():
                found[code][lang] = [str(each) for each in forms]
    return found
