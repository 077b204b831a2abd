"""What multiprocessing's fork server loads before it forks (see `benchmarks.kernels`)."""

import os

from budgets.reports import warm

os.environ |= warm.THREADLESS
warm.warm_up()
