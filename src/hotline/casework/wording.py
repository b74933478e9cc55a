"""文字的正文 (wording): the body of a free text beside the row that names it, for lists that show it."""

from __future__ import annotations

from django.db.models import OuterRef, Subquery

from hotline.casework.models import Text


def body(column: str, matter: str = "matter_id") -> Subquery:
    """What the text says that a row names in `column`. Not a join: of two columns the server takes each to narrow the
    other, believes that hardly a row is left, and goes through whole tables to find them; this it asks for each row
    that is shown, by the key."""
    return Subquery(Text.objects.filter(matter_id=OuterRef(matter), id=OuterRef(column)).values("body"))
