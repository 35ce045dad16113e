"""Ray, started for this process alone or joined where it runs, without a dashboard and without statistics sent home."""

from __future__ import annotations

import logging
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aligner.encode import CachedEncoder, Encoder, load_encoder
from aligner.errors import ClusterError, MissingExtraError

__all__ = ["LOCAL", "joined", "worker_encoder"]

LOCAL = "local"
"""The address that stands for a cluster of one machine, which is started for the batch and ends with it."""

_STORE_BYTES = 512 * 1024 * 1024
"""Memory for shards on their way; what is read ahead takes a few MB for each worker."""

_LOCAL_SETTINGS = {
    # Ray's name for it: on any system, it makes Ray listen on 127.0.0.1 alone.
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
    # Whoever may talk to Ray may run programs as its user, and others may be at work on this machine.
    "RAY_AUTH_MODE": "token",
}
_SETTINGS = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ENABLE_RECORD_ACTOR_TASK_LOGGING": "0",
    # Else Ray warns that it will stop to hide accelerators, of which nothing here knows.
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
}


def worker_encoder(name: str | None) -> Encoder:
    """The encoder as a worker has it: on one core, with the vectors that its machine keeps."""
    return CachedEncoder(load_encoder(name, threads=1))


@contextmanager
def joined(address: str, cores: int) -> Iterator[Any]:
    """The module `ray`, connected to the cluster at `address`; `LOCAL` starts one with so many `cores` on 127.0.0.1.

    A connection that this process has already is used, and left as it is. Raises `MissingExtraError` without Ray, and
    `ClusterError` where there is no cluster.
    """
    for name, value in _SETTINGS.items():
        os.environ.setdefault(name, value)
    if address == LOCAL:
        for name, value in _LOCAL_SETTINGS.items():
            os.environ.setdefault(name, value)
        os.environ.setdefault("RAY_AUTH_TOKEN", secrets.token_hex(32))
    try:
        import ray
    except ImportError as error:
        raise MissingExtraError("--cluster needs Ray; pip install 'qostil[cluster]'") from error
    if ray.is_initialized():
        yield ray
        return
    options: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
    if address == LOCAL:
        options |= {
            "num_cpus": cores,
            "include_dashboard": False,
            "object_store_memory": _STORE_BYTES,
        }
    try:
        ray.init(address=address, **options)
    # Ray raises a plain Exception where a node has not come up within half a minute.
    except Exception as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise ClusterError(
            f"the cluster {address} can't be joined: {reason}; "
            "start it with `ray start --head`, or give --cluster local"
        ) from error
    try:
        yield ray
    finally:
        ray.shutdown()
