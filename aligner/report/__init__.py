"""A report on a batch or a memory, as one HTML page for people."""

from aligner.report.page import write_page
from aligner.report.records import Report
from aligner.report.sources import report_of_batch, report_of_memory

__all__ = ["Report", "report_of_batch", "report_of_memory", "write_page"]
