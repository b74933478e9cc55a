"""公众网站的网址 (addresses of citizens' pages)."""

from django.urls import path

from hotline.surfaces.portal import asking, following, published, submitting, supplying

urlpatterns = [
    path("", asking.home, name="home"),
    path("type/", asking.type_size, name="type"),
    path("refused/", asking.refused, name="refused"),
    path("submit/", submitting.submit, name="submit"),
    path("submit/done/", submitting.done, name="done"),
    path("published/", published.published, name="published"),
    path("published/<int:row_id>/", published.text, name="published-text"),
    path("follow/", following.query, name="follow-query"),
    path("follow/<str:number>/", following.follow, name="follow"),
    path("follow/<str:number>/rate/", following.rate, name="rate"),
    path("follow/<str:number>/review/", supplying.review, name="review"),
    path("follow/<str:number>/withdraw/", supplying.withdraw, name="withdraw"),
    path("follow/<str:number>/supply/", supplying.supply, name="supply"),
]
