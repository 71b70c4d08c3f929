from django.urls import include, path

from commitments.admin import site

urlpatterns = [
    path("admin/", site.urls),
    path("api/", include("commitments.api.urls")),
    path("", include("commitments.pages.urls")),
]
