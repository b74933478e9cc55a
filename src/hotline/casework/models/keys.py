"""键 (keys): how rows of one matter name each other. Every key begins with the matter, so an order or a text is named
within it: by its number here, and by both columns in the database."""

from django.db import models


def an_order(null: bool = False) -> models.BigIntegerField:
    """A column that names an order of the same matter. A migration makes (matter_id, order_id) a foreign key: Django
    has none of two columns. `tests/casework/test_distribution.py` misses it where it is forgotten."""
    return models.BigIntegerField("工单", null=null)


def a_text(null: bool = False) -> models.BigIntegerField:
    """A column that names a free text of the same matter; the text may be replaced by its redacted form, so nothing is
    enforced."""
    return models.BigIntegerField("文字", null=null)
