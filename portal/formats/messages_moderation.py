"""The words for errors of moderation, from decision to appeal: code -> sentence, translated."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

OF_MODERATION: dict[str, LazyString] = {
    "withdrawn_already": _l("This comment was withdrawn already."),
    "decided_withdrawn": _l("The author withdrew this comment; there is nothing to decide."),
    "confidential_not_public": _l("This was sent in confidence and is never shown to the public."),
    "edit_withdrawn": _l("You withdrew this comment; it can no longer be changed."),
    "edit_spam": _l("This comment is marked as spam. Appeal against the decision instead."),
    "edit_same": _l("Nothing is changed yet."),
    "appeal_nothing": _l("There is no decision here that can be appealed against."),
    "appeal_twice": _l(
        "An appeal against this decision was made already; there is one for each decision."
    ),
    "appeal_late": _l("The time for an appeal is over: it was %(days)s days from the decision."),
    "appeal_empty": _l("Write why you object to the decision."),
    "appeal_open": _l(
        "The author has appealed against the decision on comment %(number)s: rule on the appeal."
    ),
    "appeal_ruled": _l(
        "A colleague ruled on this appeal meanwhile: “%(outcome)s”. Yours was not recorded."
    ),
    "appeal_outcome_missing": _l("Choose whether the appeal is upheld or rejected."),
    "appeal_same": _l("An appeal that is upheld leads to another decision than the one before."),
    "own_decision": _l("Nobody rules on an appeal against their own decision."),
    "undo_late": _l("It is too late to undo: it has taken effect. A new decision changes it."),
    "claimed": _l("%(name)s is looking at comment %(number)s. Send again to decide all the same."),
    "none_chosen": _l("Choose at least one comment."),
    "filter_name_missing": _l("Give the filter a name."),
    "filters_many": _l("You keep %(maximum)s filters already; delete one first."),
    "ground_missing": _l("Choose the ground."),
    "span_ground_missing": _l("Choose a ground for each stretch that is masked."),
    "ground_needless": _l("Plain publication has no ground."),
    "note_missing": _l("Write to the author what should be changed."),
    "note_long": _l("The note may have at most %(maximum)s characters."),
    "span_missing": _l("Say which words are to be masked."),
    "span_needless": _l("Words are masked only when publishing with redactions."),
    "span_outside": _l("The words to be masked are not in the comment."),
    "span_not_found": _l("“%(words)s” does not stand in the comment in these letters."),
    "decided_meanwhile": _l(
        "%(name)s decided on comment %(number)s meanwhile: “%(outcome)s”. Yours was not recorded."
    ),
    "changed_meanwhile": _l("Comment %(number)s changed meanwhile. Look at it again."),
    "outcome_missing": _l("Choose a decision."),
    "group_decision_open": _l("Another decision for this group is not finished yet."),
    "group_decision_state": _l("This decision is %(progress)s: that cannot be done now."),
    "group_nothing_waits": _l("No comment of this group waits for a decision."),
    "group_of_one": _l("A single comment is no group."),
    "outcome_single": _l("Words are masked one comment at a time."),
    "not_in_group": _l("Comment %(number)s is not in this group."),
    "in_group_already": _l("Comment %(number)s is in this group already."),
    "insult_empty": _l("Write the word."),
    "insult_listed": _l("“%(word)s” is on the list already."),
    "insult_unlisted": _l("“%(word)s” is not on the list."),
}
