"""All mapped classes; importing this package is what Alembic and the app need to know them."""

from portal.models.accounts import Invitation, PublicBody, RoleGrant, User
from portal.models.base import Base, db
from portal.models.comments import Comment, CommentAnchor
from portal.models.consultations import Consultation, Document, Extension
from portal.models.drafts import (
    ChangeReason,
    DraftEdit,
    DraftImport,
    DraftVersion,
    Provision,
    ProvisionMatch,
)
from portal.models.matrices import MatrixEdition, MatrixRow
from portal.models.moderation import ModerationDecision
from portal.models.notifications import OutboxMail
from portal.models.participation import Workshop
from portal.models.record import RecordEntry
from portal.models.responses import Opinion, Response, ResponseChange, ResponseComment
from portal.models.search import search_words
from portal.models.submissions import Submission

__all__ = [
    "Base",
    "ChangeReason",
    "Comment",
    "CommentAnchor",
    "Consultation",
    "Document",
    "DraftEdit",
    "DraftImport",
    "DraftVersion",
    "Extension",
    "Invitation",
    "MatrixEdition",
    "MatrixRow",
    "ModerationDecision",
    "Opinion",
    "OutboxMail",
    "Provision",
    "ProvisionMatch",
    "PublicBody",
    "RecordEntry",
    "Response",
    "ResponseChange",
    "ResponseComment",
    "RoleGrant",
    "Submission",
    "User",
    "Workshop",
    "db",
    "search_words",
]
