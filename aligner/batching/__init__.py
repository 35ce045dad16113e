"""Whole folders into a memory: only what is new or changed is worked on, and a run that is cut off goes on.

The stages, in their order. Each is a function of what the one before it gives, and nothing is shared between them but
the memory's ledger, so that they can be run elsewhere than in `run.py`:

1. `survey_files`  paths → the files that are there (`survey.py`)
2. `look_again`  files and what the ledger knows of them → those that are new or changed, by their bytes
3. `read_file`   a file → its documents (`intake.py`)
4. `chunks`, `aligner.pipeline.prepare`  documents → segments and their vectors, so many at a time
5. `packed_profile`  prepared documents → what pairing needs, into the ledger (`profiles.py`)
6. `make_plan`   profiles → who is whose counterpart (`plan.py`); the plan is stored before anything is aligned
7. `align_planned`  a planned pair → beads, verdicts and units (`alignment.py`)
8. the ledger's `store` → the memory, one transaction a pair, in the order of the plan

What is made in 3 to 5 depends on one chunk, in 7 on one pair. Records and functions can be pickled; `work.py` says what
workers elsewhere must be able to do.
"""

from aligner.batching.output import shards_of, write_output, write_shards
from aligner.batching.report import BatchReport, PairLine, UnpairedLine
from aligner.batching.run import alone, batch_inputs, check_readable, run_batch
from aligner.batching.survey import Survey, survey_files
from aligner.batching.work import Workers

__all__ = [
    "BatchReport",
    "PairLine",
    "Survey",
    "UnpairedLine",
    "Workers",
    "alone",
    "batch_inputs",
    "check_readable",
    "run_batch",
    "shards_of",
    "survey_files",
    "write_output",
    "write_shards",
]
