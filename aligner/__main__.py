"""`python -m aligner` is `qostil`."""

from aligner.cli import main

main()
