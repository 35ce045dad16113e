"""One request, one answer: whole and within its limits, or the reason why not. No redirects, no second try."""

from __future__ import annotations

import http.client
import logging
import re
import socket
import ssl
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from aligner.fetch.addresses import host_of, origin_of
from aligner.fetch.network import is_public, resolve
from aligner.fetch.proxies import Proxy, ProxyOf, no_proxy
from aligner.fetch.records import Answer, Failure
from aligner.fetch.unpack import PACKINGS, TooLargeError, unpack_gzip

if TYPE_CHECKING:
    from urllib3.connection import HTTPConnection

__all__ = ["Client"]

logger = logging.getLogger(__name__)

_STEP = 1 << 16
_OPEN_CONNECTIONS = 8
# The text of an error page is not read; a short one is taken off the line, so that the connection can be used again.
_MAX_ERROR_BYTES = 1 << 16
_MAX_HEADER = 4_096
_NO_TUNNEL = re.compile(r"Tunnel connection failed: (\d+)")
_WANTS_NAME = "the proxy wants a name and a password; give them as http://NAME:PASSWORD@HOST:PORT"


class Client:
    """Asks servers for pages, over connections that it keeps open for the next request.

    `idle_s` is how long a server may say nothing, `total_s` how long an answer may take in all. A host that is in no
    public network is only visited if `host_of` its address is among `named_hosts`. Where a proxy stands before a host,
    by `proxy_of`, that one connects to it; what this machine can't resolve is then the proxy's to guard.
    """

    def __init__(
        self,
        headers: Mapping[str, str],
        named_hosts: frozenset[str] = frozenset(),
        idle_s: float = 30.0,
        total_s: float = 180.0,
        proxy_of: ProxyOf = no_proxy,
    ) -> None:
        self._proxy_of = proxy_of
        self._headers = {"Accept-Encoding": "gzip", **headers}
        self._named_hosts = named_hosts
        self._idle_s, self._total_s = idle_s, total_s
        self._connections: OrderedDict[str, HTTPConnection] = OrderedDict()
        self._tls: ssl.SSLContext | None = None

    def close(self) -> None:
        while self._connections:
            self._connections.popitem()[1].close()

    def get(self, url: str, headers: Mapping[str, str], max_bytes: int) -> Answer | Failure:
        """Ask for `url`, a normalised address. An answer other than 200 comes without its body."""
        from urllib3.exceptions import HTTPError

        origin = origin_of(url)
        with self._watchdog() as watch:
            try:
                return self._exchange(url, origin, headers, max_bytes, watch)
            except _RefusedError as refusal:
                failure = Failure(str(refusal), is_passing=False)
            except _ProxyError as error:
                failure = error.failure
            except TooLargeError:
                failure = Failure(f"larger than {max_bytes / 2**20:,.0f} MB", is_passing=False)
            except ssl.SSLCertVerificationError as error:
                failure = Failure(f"its certificate is not to be trusted: {error.verify_message}", is_passing=False)
            except (OSError, ValueError, HTTPError, http.client.HTTPException) as error:
                failure = Failure(_in_words(error), is_passing=True)
            if watch.is_over:
                failure = Failure(f"the answer takes longer than {self._total_s:.0f} s", is_passing=True)
        self._drop(origin)
        logger.debug("%s: %s", url, failure.reason)
        return failure

    def _exchange(
        self, url: str, origin: str, headers: Mapping[str, str], max_bytes: int, watch: _Watchdog
    ) -> Answer | Failure:
        kept = self._connections.get(origin)
        if kept is not None:
            try:
                return self._ask(kept, url, headers, max_bytes, watch)
            except (ConnectionError, http.client.RemoteDisconnected):
                # The server has closed the connection since; that says nothing about the page.
                self._drop(origin)
        connection = self._connect(url)
        self._connections[origin] = connection
        while len(self._connections) > _OPEN_CONNECTIONS:
            self._connections.popitem(last=False)[1].close()
        return self._ask(connection, url, headers, max_bytes, watch)

    def _connect(self, url: str) -> HTTPConnection:
        """A connection to one of the host's addresses; it is made to what was checked, not to what the name leads
        to a moment later."""
        from urllib3.connection import HTTPConnection, HTTPSConnection

        parts = urlsplit(url)
        host, port = parts.hostname or "", int(host_of(url).rpartition(":")[2])
        proxy = self._proxy_of(url)
        addresses = self._visible(host, port, url, is_resolved_here=proxy is None)
        if proxy is not None:
            return self._connect_through(proxy, host, port, parts.scheme)
        if parts.scheme == "http":
            connections: Sequence[HTTPConnection] = [
                HTTPConnection(address, port, timeout=self._idle_s) for address in addresses
            ]
        else:
            context = self._context()
            connections = [
                HTTPSConnection(address, port, timeout=self._idle_s, ssl_context=context, server_hostname=host)
                for address in addresses
            ]
        return _first_that_answers(connections)

    def _visible(self, host: str, port: int, url: str, is_resolved_here: bool) -> list[str]:
        """The network addresses of a host. Raises _RefusedError where it is none to be visited."""
        try:
            addresses = resolve(host, port)
        except OSError:
            if is_resolved_here:
                raise
            return []
        if host_of(url) not in self._named_hosts:
            hidden = [address for address in addresses if not is_public(address)]
            if hidden:
                raise _RefusedError(f"{host} stands in a private network ({hidden[0]}), and only links name it")
        return addresses

    def _connect_through(self, proxy: Proxy, host: str, port: int, scheme: str) -> HTTPConnection:
        from urllib3.connection import HTTPConnection, HTTPSConnection
        from urllib3.exceptions import HTTPError

        if scheme == "http":
            connection = HTTPConnection(proxy.host, proxy.port, timeout=self._idle_s)
        else:
            connection = HTTPSConnection(
                proxy.host, proxy.port, timeout=self._idle_s, ssl_context=self._context(), server_hostname=host
            )
            connection.set_tunnel(host, port, proxy.headers)
        try:
            connection.connect()
        except ssl.SSLError:
            connection.close()
            raise
        except (OSError, HTTPError) as error:
            connection.close()
            refusal = _NO_TUNNEL.search(str(error))
            if refusal is None:
                raise _ProxyError(Failure(f"the proxy {proxy}: {_in_words(error)}", is_passing=True)) from error
            status = int(refusal[1])
            reason = _WANTS_NAME if status == 407 else f"the proxy {proxy} does not lead there ({status})"
            raise _ProxyError(Failure(reason, is_passing=status >= 500)) from error
        return connection

    def _context(self) -> ssl.SSLContext:
        import truststore

        if self._tls is None:
            self._tls = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        return self._tls

    def _ask(
        self, connection: HTTPConnection, url: str, headers: Mapping[str, str], max_bytes: int, watch: _Watchdog
    ) -> Answer | Failure:
        parts = urlsplit(url)
        watch.over(connection)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        own = {"Host": parts.netloc, **self._headers, **headers}
        proxy = self._proxy_of(url)
        if proxy is not None and parts.scheme == "http":
            target = f"http://{parts.netloc}{target}"
            own |= proxy.headers
        connection.request(
            "GET",
            target,
            headers=own,
            preload_content=False,
            decode_content=False,
        )
        response = connection.getresponse()
        received = {name.lower(): value[:_MAX_HEADER] for name, value in response.headers.items()}
        body = b"".join(_pieces(response, max_bytes if response.status == http.client.OK else _MAX_ERROR_BYTES))
        if response.status == http.client.PROXY_AUTHENTICATION_REQUIRED and proxy is not None:
            return Failure(_WANTS_NAME, is_passing=False)
        if response.status != http.client.OK:
            return Answer(url, response.status, received)
        packing = received.pop("content-encoding", "identity").strip().lower()
        if packing in PACKINGS:
            body = unpack_gzip(body, max_bytes) if body else body
        elif packing not in ("identity", ""):
            return Failure(f"the answer is packed in a way that was not asked for: {packing[:40]}", is_passing=False)
        return Answer(url, response.status, received, body)

    def _drop(self, origin: str) -> None:
        connection = self._connections.pop(origin, None)
        if connection is not None:
            connection.close()

    @contextmanager
    def _watchdog(self) -> Iterator[_Watchdog]:
        watch = _Watchdog(self._total_s)
        try:
            yield watch
        finally:
            watch.stop()


class _RefusedError(Exception):
    """A host that is not visited."""


class _ProxyError(Exception):
    """The proxy can't be spoken to, or does not do what it is asked for."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.reason)
        self.failure = failure


class _Watchdog:
    """Cuts the line when an answer takes too long in all: each single wait may be short, and their sum endless."""

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self._connection: HTTPConnection | None = None
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._timer.start()

    def over(self, connection: HTTPConnection) -> None:
        self._connection = connection
        if self.is_over:
            raise TimeoutError

    def stop(self) -> None:
        self._timer.cancel()
        self._timer.join()

    def _cut(self) -> None:
        self.is_over = True
        line = None if self._connection is None else self._connection.sock
        if line is not None:
            try:
                # That of the plain socket: TLS would want to say goodbye, to a server that does not listen.
                socket.socket.shutdown(line, socket.SHUT_RDWR)
            except OSError:
                logger.debug("the line was closed already")


def _first_that_answers(connections: Sequence[HTTPConnection]) -> HTTPConnection:
    from urllib3.exceptions import HTTPError

    error: Exception = OSError("its name leads to no address")
    for connection in connections:
        try:
            connection.connect()
        except ssl.SSLCertVerificationError:
            raise
        except (OSError, HTTPError) as failure:
            connection.close()
            error = failure
        else:
            return connection
    raise error


def _pieces(response: Any, max_bytes: int) -> Iterator[bytes]:
    size = 0
    while piece := response.read1(_STEP, decode_content=False):
        size += len(piece)
        if size > max_bytes:
            raise TooLargeError
        yield piece


def _in_words(error: Exception) -> str:
    inner = [error, *(each for each in error.args if isinstance(each, Exception))]
    if any(isinstance(each, http.client.IncompleteRead | ValueError) for each in inner):
        return "the answer ends too early, or is damaged"
    if isinstance(error, socket.gaierror):
        return "there is no host of this name, or no network"
    if isinstance(error, TimeoutError) or "imeout" in type(error).__name__:
        return "the server does not answer in time"
    if isinstance(error, ConnectionRefusedError) or "refused" in str(error):
        return "the server takes no connections"
    if isinstance(error, ssl.SSLError):
        return f"no safe connection can be made: {error.reason or error}"
    return f"the connection broke off: {type(error).__name__}"
