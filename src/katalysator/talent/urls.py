"""Addresses of talent: those of each part."""

from katalysator.talent.learning import urls as learning
from katalysator.talent.oversight import urls as oversight

urlpatterns = [*oversight.urlpatterns, *learning.urlpatterns]
