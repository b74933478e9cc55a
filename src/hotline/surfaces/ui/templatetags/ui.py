"""模板标签: the few things plain templates say badly."""

from __future__ import annotations

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from hotline.surfaces.ui.shapes import FieldView

register = template.Library()


@register.simple_tag
def control(field: FieldView, suffix: str = "") -> SafeString:
    """What every control of a field carries: id, name, what describes it, what the browser checks on leaving."""
    pairs = [
        ("id", f"{field.id}{suffix}"),
        ("name", field.name),
        ("aria-describedby", field.described_by),
        ("maxlength", str(field.max_length or "")),
        ("autocomplete", field.autocomplete),
        ("data-missing", field.missing_said if field.required else ""),
        ("data-pattern", field.pattern),
        ("data-shape", field.shape_said),
        ("aria-invalid", "true" if field.error else ""),
        ("aria-required", "true" if field.required else ""),
    ]
    return format_html_join(" ", '{}="{}"', ((key, value) for key, value in pairs if value))
