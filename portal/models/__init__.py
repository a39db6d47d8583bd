"""All mapped classes; importing this package is what Alembic and the app need to know them."""

from portal.models.access import (
    Authenticator,
    DeskSession,
    Passkey,
    ProviderIdentity,
    RecoveryCode,
)
from portal.models.accounts import Invitation, PublicBody, RoleGrant, User
from portal.models.activity import StaffAct
from portal.models.appeals import Appeal
from portal.models.asked import BodyOpinion
from portal.models.attachments import Attachment
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
from portal.models.editions import EditionFile, EditionRestated, EditionRun
from portal.models.floods import SendingCount, SendingPace
from portal.models.groups import (
    CommentBand,
    CommentGroup,
    CommentGroupMember,
    GroupDecision,
)
from portal.models.hints import CommentHint, InsultWord
from portal.models.matrices import MatrixEdition, MatrixRow
from portal.models.moderation import ModerationDecision
from portal.models.notifications import OutboxMail
from portal.models.originals import CommentRevision, OriginalLook
from portal.models.participation import Workshop
from portal.models.queue import Claim, HeldDecision, SavedFilter, Waiting
from portal.models.record import (
    RecordCheckpoint,
    RecordEntry,
    RecordKey,
    RecordLeaf,
    RecordStamp,
    RecordTile,
    RecordTree,
)
from portal.models.responses import Opinion, Response, ResponseChange, ResponseComment
from portal.models.satisfaction import Satisfaction
from portal.models.search import search_words
from portal.models.sheets import SheetImport, SheetRow
from portal.models.studying import (
    Assignment,
    CommentPart,
    CommentTheme,
    GroupOpinion,
    Mention,
    PrivateNote,
    Theme,
)
from portal.models.submissions import Submission
from portal.models.summaries import Summary
from portal.models.working import ReasonTemplate, ResponsePresence, ResponseWorking

__all__ = [
    "Appeal",
    "Assignment",
    "Attachment",
    "Authenticator",
    "Base",
    "BodyOpinion",
    "ChangeReason",
    "Claim",
    "Comment",
    "CommentAnchor",
    "CommentBand",
    "CommentGroup",
    "CommentGroupMember",
    "CommentHint",
    "CommentPart",
    "CommentRevision",
    "CommentTheme",
    "Consultation",
    "DeskSession",
    "Document",
    "DraftEdit",
    "DraftImport",
    "DraftVersion",
    "EditionFile",
    "EditionRestated",
    "EditionRun",
    "Extension",
    "GroupDecision",
    "GroupOpinion",
    "HeldDecision",
    "InsultWord",
    "Invitation",
    "MatrixEdition",
    "MatrixRow",
    "Mention",
    "ModerationDecision",
    "Opinion",
    "OriginalLook",
    "OutboxMail",
    "Passkey",
    "PrivateNote",
    "ProviderIdentity",
    "Provision",
    "ProvisionMatch",
    "PublicBody",
    "ReasonTemplate",
    "RecordCheckpoint",
    "RecordEntry",
    "RecordKey",
    "RecordLeaf",
    "RecordStamp",
    "RecordTile",
    "RecordTree",
    "RecoveryCode",
    "Response",
    "ResponseChange",
    "ResponseComment",
    "ResponsePresence",
    "ResponseWorking",
    "RoleGrant",
    "Satisfaction",
    "SavedFilter",
    "SendingCount",
    "SendingPace",
    "SheetImport",
    "SheetRow",
    "StaffAct",
    "Submission",
    "Summary",
    "Theme",
    "User",
    "Waiting",
    "Workshop",
    "db",
    "search_words",
]
