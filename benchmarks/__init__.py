"""What xlsxeval costs, beside what others cost for the same work: ``python -m benchmarks``; see docs/internals/performance.md."""
