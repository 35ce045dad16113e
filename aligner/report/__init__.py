"""A report on a batch or a memory, as one HTML page for people."""

from aligner.report.page import iter_page
from aligner.report.records import Report
from aligner.report.sources import report_of_batch, report_of_memory

__all__ = ["Report", "iter_page", "report_of_batch", "report_of_memory"]
