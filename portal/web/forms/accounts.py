"""Forms of signing in, invitations, people and bodies."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import Form, HiddenField, PasswordField, SelectField, StringField


class SignInForm(Form):
    email = StringField(_l("E-mail"), render_kw={"autocomplete": "username", "dir": "ltr"})
    password = PasswordField(_l("Password"), render_kw={"autocomplete": "current-password"})


class NewPasswordForm(Form):
    password = PasswordField(_l("Password"), render_kw={"autocomplete": "new-password"})


class CodeForm(Form):
    code = StringField(
        _l("Code"),
        render_kw={"autocomplete": "one-time-code", "dir": "ltr", "spellcheck": "false"},
    )


class PasskeyForm(Form):
    """`answer` is what the browser's passkey said, put there by the script."""

    name = StringField(_l("Name of the passkey"))
    answer = HiddenField()


class ProveForm(Form):
    current = PasswordField(_l("Present password"), render_kw={"autocomplete": "current-password"})


class ChangePasswordForm(Form):
    current = PasswordField(_l("Present password"), render_kw={"autocomplete": "current-password"})
    password = PasswordField(_l("New password"), render_kw={"autocomplete": "new-password"})


class InviteForm(Form):
    name = StringField(_l("Name"))
    email = StringField(_l("E-mail"), render_kw={"dir": "ltr"})
    role = SelectField(_l("Role"), validate_choice=False)
    body = SelectField(_l("Public body"), validate_choice=False)


class BodyForm(Form):
    slug = StringField(_l("Short name in the address"), render_kw={"dir": "ltr"})
    name_ar = StringField(_l("Name in Arabic"), render_kw={"dir": "rtl"})
    name_en = StringField(_l("Name in English"), render_kw={"dir": "ltr"})
