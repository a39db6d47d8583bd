"""Each ground of moderation explained, for the public page and for the author."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal.domain.grounds import Ground

EXPLAINED: dict[Ground, LazyString] = {
    Ground.PERSONAL_DATA: _l(
        "Telephone numbers, addresses, national numbers and other details by which a person can "
        "be found are not published."
    ),
    Ground.INSULT: _l("Words against a person or a body that insult or defame are not published."),
    Ground.HATE: _l("Calls to hatred or violence against people are not published."),
    Ground.OBSCENE: _l("Obscene words and pictures are not published."),
    Ground.ADVERTISING: _l("Advertising and messages sent in bulk are not published."),
    Ground.OFF_TOPIC: _l(
        "What has nothing to do with the draft is not published. Disagreeing with the draft is "
        "never off topic."
    ),
    Ground.IMPERSONATION: _l("Speaking in the name of somebody else is not published."),
    Ground.COPYRIGHT: _l("Long passages of works by others are not published."),
    Ground.SAME_AUTHOR: _l("The same comment by the same author is published once."),
    Ground.BUSINESS_SECRET: _l("Business secrets are not published."),
}


def explained(ground: Ground) -> LazyString:
    """The ground in a sentence."""
    return EXPLAINED[ground]
