"""An object in a store that speaks S3: asked for as on the web, with a signature of its keys."""

from katalysator.dataspace.delivery.ranges import one_range
from katalysator.dataspace.delivery.sources.http import LOST, asked_for
from katalysator.dataspace.delivery.sources.opened import OpenedData, SourceFault
from katalysator.dataspace.delivery.sources.secrets import secret_of
from katalysator.dataspace.delivery.sources.signing import StoreKeys, object_address, signed
from katalysator.dataspace.models import DataSource


def opened(source: DataSource, asked: str) -> OpenedData:
    """An object, or a part of it. Raises SourceFault, NoSuchRange."""
    secret = secret_of(source)
    if secret is None:
        raise SourceFault("source-secret", LOST)
    keys = StoreKeys.of(secret)
    address = object_address(keys.endpoint, source.address)
    part = one_range(asked)
    headers = signed("GET", address, keys, {"Range": part} if part else {})
    return asked_for(address, headers, asked)
