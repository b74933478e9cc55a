"""网址 (addresses) of all surfaces: citizens at the root, staff under /work/."""

from django.urls import include, path

urlpatterns = [
    path("work/", include("hotline.surfaces.workbench.urls")),
    path("", include("hotline.surfaces.portal.urls")),
]
