"""The name of a state of the content files: a hash of the list of their hashes, the same on every machine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256


def listing(digests: Mapping[str, str]) -> bytes:
    """The list of the files of a state, from the SHA-256 of each (hex) by its path."""
    return json.dumps(dict(sorted(digests.items())), ensure_ascii=False, separators=(",", ":")).encode()


def state_of(files: Mapping[str, bytes]) -> str:
    """The digest (hex) that names these files."""
    return sha256(listing({path: sha256(raw).hexdigest() for path, raw in files.items()})).hexdigest()
