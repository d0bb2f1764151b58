"""The drawings that tell building blocks apart, whatever the language."""

import re

import pytest
from django.test import Client

from katalysator.coalition.blocks import Block

pytestmark = pytest.mark.django_db


def test_every_block_has_a_drawing_of_its_own_beside_its_name(client: Client) -> None:
    page = client.get("/en/").content.decode()
    drawings = dict(re.findall(r'<symbol id="block-(\w+)"[^>]*>(.*?)</symbol>', page))
    assert set(drawings) == set(Block.values)
    assert len(set(drawings.values())) == len(Block)
    for block in Block:
        sign = f'<use href="#block-{block.value}"/></svg><span class="block__name">{block.label}<'
        assert sign in page
