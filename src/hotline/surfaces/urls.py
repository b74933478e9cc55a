"""网址 (addresses) of all surfaces: citizens at the root, staff under /staff/."""

from django.urls import include, path

urlpatterns = [
    path("staff/", include("hotline.surfaces.workbench.urls")),
    path("", include("hotline.surfaces.portal.urls")),
]
