import Model

/// Why nobody can know what is to become of a thing, whoever looks: a run has what it was told and what it sees, and that is the same
/// for two stories with different ends.
enum Murk {
    /// Somebody edits a field; nil for one that merges by itself.
    static func edited(_ thing: Thing, _ side: Side, _ field: Field?) -> Bool {
        // What a run wrote and was never told of, and then is no more what it wrote: whoever wrote over it may have seen it, or written
        // at the same time as the partner's editor.
        if thing.inDoubt.contains(side) { return true }
        // People made both sides agree, and no run saw them so: what is written after that looks as if both had edited it at once.
        return field.map(thing.agreed.contains) ?? false
    }

    /// Somebody adds to a sum.
    static func added(_ thing: Thing, _ side: Side) -> Bool {
        // Whether what a run was to add is in it by then cannot be seen.
        thing.isSumDue || thing.inDoubt.contains(side)
    }

    /// Somebody deletes it on a side.
    static func removed(_ thing: Thing, _ side: Side, isOnOther: Bool) -> Bool {
        // As above: that the partner's edit was in it can no longer be seen.
        if thing.inDoubt.contains(side) || !thing.agreed.isEmpty { return true }
        // Records that never met may be two things; and while one is out of scope, it is not asked what becomes of the other.
        return thing.wasOut || (!thing.isMet && isOnOther)
    }

    /// Somebody puts it back on a side; on the other side it was deleted by a person too, and no run is known to have seen it gone.
    static func restored(_ thing: Thing, isOnOther: Bool) -> Bool {
        // Whether the link was forgotten meanwhile, a run that died may have written down or not: it is the old thing, deleted on the
        // other side, or a new one.
        !isOnOther
    }

    /// Somebody changes whether it is in scope.
    static func leftScope(_ thing: Thing) -> Bool {
        // Its partner was deleted, and whether a run saw that while it was in scope, so that it was to go too, is a matter of when.
        thing.removals.right != nil
    }
}
