"""`{% static %}` of the gallery: beside the page."""

from django import template

register = template.Library()


@register.simple_tag
def static(path: str) -> str:
    return f"static/{path}"
