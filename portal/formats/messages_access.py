"""The words for errors of the second factor and of sessions: code -> sentence, translated."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

OF_ACCESS: dict[str, LazyString] = {
    "code_wrong": _l("This code is not right, is too old, or was used already."),
    "passkey_refused": _l("The passkey was not accepted. Try again, or use another one."),
    "passkey_not_begun": _l("Begin again: choose to add a passkey."),
    "passkeys_many": _l("An account has at most %(most)s passkeys. Remove one first."),
    "authenticator_not_begun": _l("Begin again: choose to set up the authenticator app."),
    "second_factor_needed": _l(
        "Who approves or administers needs a second factor. Set up another one first."
    ),
    "own_second_factor": _l("Change your own second factor in your account."),
    "no_such_account": _l("Nobody has an open account with the address %(email)s."),
}
