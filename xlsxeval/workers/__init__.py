"""Work on many items in several processes, of which none can take the others down.

``protocol.Each`` is what every kind of pool does; ``local.each`` does it on this machine, ``inline.each`` without a worker,
``cluster.Cluster`` on other machines.
"""

from xlsxeval.workers.protocol import Bounds, Each, LossReason, Lost

__all__ = ["Bounds", "Each", "LossReason", "Lost"]
