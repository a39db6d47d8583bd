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
    "sign_on_unknown": _l(
        "Nobody here has an account with the address %(email)s. Ask an administrator to invite you."
    ),
    "sign_on_unverified": _l(
        "Your organisation's sign-on vouches for no e-mail address of yours, and by that your"
        " account is found the first time. Sign in with your password."
    ),
    "sign_on_closed": _l("Your account is closed. Ask an administrator."),
    "sign_on_other": _l(
        "The account with the address %(email)s is linked to somebody else at your organisation's"
        " sign-on. An administrator can remove the link."
    ),
    "sign_on_cancelled": _l("You were not signed in: the sign-on was broken off or refused."),
    "sign_on_lost": _l("This sign-on was begun in another browser or too long ago. Begin again."),
    "provider_away": _l(
        "Your organisation's sign-on does not answer. Try again in some minutes, or sign in with"
        " your password."
    ),
    "provider_refused": _l(
        "What your organisation's sign-on answered does not hold, and you were not signed in. Try"
        " again; if it stays so, tell an administrator."
    ),
    "provider_error": _l("Your organisation's sign-on could not sign you in (%(reason)s)."),
    "no_such_account": _l("Nobody has an open account with the address %(email)s."),
}
