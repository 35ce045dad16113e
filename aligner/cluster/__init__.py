"""The heavy steps of a batch on Ray (https://docs.ray.io), on one machine or on many.

`aligner.batching.run_batch` stays as it is: it reads, plans and stores in its own order, and only asks `ClusterWorkers`
instead of doing the work itself. So the result is that of one machine, and a batch that is cut off goes on from the
ledger, with a cluster or without. Ray is imported when a cluster is asked for.
"""

from aligner.cluster.connection import LOCAL, worker_encoder
from aligner.cluster.workers import ClusterWorkers, cluster_workers

__all__ = ["LOCAL", "ClusterWorkers", "cluster_workers", "worker_encoder"]
