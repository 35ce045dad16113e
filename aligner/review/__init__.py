"""The local page where a person mends alignments. Needs the extra `qostil[serve]`."""

from aligner.errors import MissingExtraError

try:
    import fastapi
    import prometheus_client
    import uvicorn
except ImportError as error:
    raise MissingExtraError(
        f"the review page needs {error.name}, which is not installed; say: pip install 'qostil[serve]'"
    ) from error

from aligner.review.app import create_review_app
from aligner.review.desk import Desk
from aligner.review.mender import Mender
from aligner.review.session import Session

__all__ = ["Desk", "Mender", "Session", "create_review_app"]
del fastapi, prometheus_client, uvicorn
