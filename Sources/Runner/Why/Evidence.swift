import Model
import Reconcile
import StateStore

/// What is known of the records of a sync when somebody asks about one: what is remembered, and what both sides hold, where they were
/// read.
struct Evidence {
    var sync: Sync
    var links: LinkTable
    var queue: [QueueItem]
    /// What both sides hold now, and what a run would do; nil where they were not read.
    var now: Now?

    struct Now {
        var records: KeptRecords
        var plan: Plan

        var inputs: Inputs { records.inputs }
    }
}
