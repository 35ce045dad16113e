"""What a server counts, as Prometheus reads it (https://prometheus.io/docs/instrumenting/exposition_formats)."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

__all__ = ["METRICS_TYPE", "Metrics"]

METRICS_TYPE = CONTENT_TYPE_PLAIN_0_0_4
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The counters of one application; each has its own, so that two in a process don't mix."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "qostil_requests", "Requests answered.", ("route", "method", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "qostil_request_seconds",
            "Time from the first byte of a request to the last of its answer.",
            ("route",),
            registry=self._registry,
            buckets=_SECONDS,
        )
        self._under_way = Gauge("qostil_requests_under_way", "Requests being answered now.", registry=self._registry)
        self._matches = Counter("qostil_matches", "Matches given, by kind.", ("kind",), registry=self._registry)
        self._texts = Counter("qostil_texts_looked_up", "Texts looked up.", registry=self._registry)
        self._added = Counter("qostil_units_added", "Units added by clients.", registry=self._registry)

    def began(self) -> None:
        self._under_way.inc()

    def ended(self, route: str, method: str, status: int, seconds: float) -> None:
        """`route` is a pattern, never a path: a path may hold a client's text."""
        self._under_way.dec()
        self._requests.labels(route, method, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def looked_up(self, texts: int, kinds: list[str]) -> None:
        self._texts.inc(texts)
        for kind in kinds:
            self._matches.labels(kind).inc()

    def added(self, units: int) -> None:
        self._added.inc(units)

    def watch(self, name: str, explanation: str, value: Callable[[], float]) -> None:
        """A gauge that is asked for its value when the metrics are read."""
        Gauge(name, explanation, registry=self._registry).set_function(value)

    def text(self) -> bytes:
        """The text format 0.0.4."""
        return generate_latest(self._registry)
