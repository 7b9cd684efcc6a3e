import CEL
import Model
import Testing
import Values

/// `out_of_scope`: what becomes of a linked record that no longer passes its filter, and of its partner.
struct ScopePolicyTests {
    private static let lines = """
        fields: [name <-> name, {status <-> state: {values: {Open: open, Closed: done}}}]
        left: {collection: things, filter: queue == 'ours'}

        """
    private static let links = [
        "1=11 | queue=ours, name=A, status=Open | name=A, state=open",
        "2=12 | queue=ours, name=B, status=Open | name=B, state=open",
    ]
    private static let archive = "archive: {left: {status: Closed}, right: {state: done}}\n"

    /// Record 1 is out of scope now.
    private func sketch(_ policy: String, _ more: String = "", right: String = "11: name=A, state=open") throws
        -> Sketch
    {
        try Sketch(
            Self.lines + "out_of_scope: \(policy)\n" + (policy == "archive" ? Self.archive : "") + more,
            left: ["1: queue=theirs, name=A, status=Open", "2: queue=ours, name=B, status=Open"],
            right: [right, "12: name=B, state=open"], links: Self.links)
    }

    private static let back = ["1: queue=ours, name=A3, status=Open", "2: queue=ours, name=B, status=Open"]

    @Test("follow: it goes on being synced, both ways, and its delete counts")
    func follow() throws {
        var sketch = try sketch("follow", "deletes: propagate", right: "11: name=A2, state=open")
        try expect(sketch, "update left 1: name A -> A2")
        sketch.records.left[0] = "1: queue=theirs, name=A3, status=Open"
        sketch.records.right[0] = "11: name=A, state=open"
        try expect(sketch, "update right 11: name A -> A3")
        sketch.records.left.removeFirst()
        try expect(sketch, "delete right 11: name=A, state=open")
        // A new record is still not made.
        sketch.links = [Self.links[1]]
        sketch.records.left = ["3: queue=theirs, name=C, status=Open", "2: queue=ours, name=B, status=Open"]
        sketch.records.right = ["12: name=B, state=open"]
        try expect(sketch, "skip 1 out of scope")
        // The filter is not even asked: a record on which it cannot be decided follows too.
        var broken = try self.sketch("follow")
        broken.records.left[0] = "1: name=A4, status=Open"
        try expect(broken, "update right 11: name A -> A4")
    }

    @Test("unlink: the link ends, and nothing is made of either, nor are they paired, while they stay as they are")
    func unlink() throws {
        try expect(sketch("unlink"), "unlink 1=11")
        var course = try Course(sketch("unlink", "match: name <-> name"))
        #expect(try course.run() == "unlink 1=11")
        #expect(course.linkCount == 1)
        for _ in 0..<2 { #expect(try course.run() == "") }
        // The job file takes the record in again: as they stand, they stay apart.
        course.sketch.sync.collections.left.filter = nil
        #expect(try course.run(trusts: false) == "")
        // One that changes is new.
        var right = course
        try right.set(.right, "11: name=C, state=open", "12: name=B, state=open")
        #expect(try right.run() == "create left 3 from 11: name=C, status=Open")
        try course.set(.left, "1: queue=ours, name=A, status=Open, x=1", "2: queue=ours, name=B, status=Open")
        #expect(try course.run() == "create right 13 from 1: name=A, state=open")
    }

    @Test("archive: the partner is archived, once, and neither goes on while the record stays away")
    func archive() throws {
        try expect(sketch("archive"), "update right 11: state open -> done archived")
        var course = try Course(sketch("archive"))
        try course.run()
        for trusts in [true, false] { #expect(try course.run(trusts: trusts) == "skip 1 archived") }
        #expect(course.undecidedCount == 0)
        // Edits of either go nowhere.
        try course.set(.right, "11: name=Z, state=open", "12: name=B, state=open")
        #expect(try course.run() == "skip 1 archived")
        try course.set(.left, "1: queue=theirs, name=A2, status=Open", "2: queue=ours, name=B, status=Open")
        #expect(try course.run() == "agree 1=11 (archived right)\nskip 1 archived")
        #expect(try course.run() == "skip 1 archived")
        #expect(course.undecidedCount == 0)
        // Nor does its delete.
        var gone = course
        gone.sketch.sync.deletes = .propagate
        try gone.set(.left, "2: queue=ours, name=B, status=Open")
        #expect(try gone.run() == "skip 1 archived")
        #expect(gone.undecidedCount == 0)
        // Back in scope, both are merged, and what archiving set follows the record that is back.
        try course.set(.right, "11: name=A, state=done", "12: name=B, state=open")
        try course.set(.left, Self.back[0], Self.back[1])
        #expect(try course.run() == "update right 11: name A -> A3, state done -> open")
        #expect(try course.run() == "")
        #expect(course.undecidedCount == 0)
    }

    @Test("archive: the partner's own filter may leave out what is archived")
    func archivedOutOfScope() throws {
        var course = try Course(sketch("archive", "right: {collection: things, filter: state != 'done'}"))
        #expect(try course.run() == "update right 11: state open -> done archived")
        #expect(try course.run() == "skip 1 archived")
        #expect(try course.run(trusts: false) == "skip 1 archived")
        try course.set(.left, Self.back[0], Self.back[1])
        #expect(try course.run() == "update right 11: name A -> A3, state done -> open")
        #expect(try course.run() == "")
    }

    @Test("delete: the partner is deleted, and the record is new when it is back")
    func delete() throws {
        try expect(sketch("delete"), "delete right 11: name=A, state=open")
        var course = try Course(sketch("delete"))
        try course.run()
        #expect(try course.run() == "skip 1 out of scope")
        #expect(course.linkCount == 1)
        try course.set(.left, Self.back[0], Self.back[1])
        #expect(try course.run() == "create right 13 from 1: name=A3, state=open")
    }

    @Test(
        "a partner that was edited meanwhile follows 'delete_vs_edit'",
        arguments: [
            ("delete", "hold", "hold 1=11: left scope on left, and edited"),
            ("delete", "delete", "delete right 11: name=A2, state=open"),
            ("delete", "restore", "skip 1 frozen"),
            ("archive", "hold", "hold 1=11: left scope on left, and edited"),
            ("archive", "delete", "update right 11: state open -> done archived"),
            ("archive", "restore", "skip 1 frozen"),
            ("freeze", "hold", "skip 1 frozen"),
            ("unlink", "hold", "unlink 1=11"),
        ])
    func edited(policy: String, edit: String, expected: String) throws {
        try expect(sketch(policy, "delete_vs_edit: \(edit)", right: "11: name=A2, state=open"), expected)
    }

    @Test("an edit of the partner is merged when the record is back, whatever was held or frozen meanwhile")
    func editedAndBack() throws {
        for (policy, edit) in [("delete", "hold"), ("delete", "restore"), ("freeze", "hold")] {
            var course = try Course(sketch(policy, "delete_vs_edit: \(edit)", right: "11: name=A, state=done"))
            try course.run()
            try course.set(.left, Self.back[0], Self.back[1])
            #expect(
                try course.run() == "update left 1: status Open -> Closed (open)\nupdate right 11: name A -> A3",
                "\(policy) \(edit)")
            #expect(try course.run() == "agree 1=11")
            #expect(try course.run() == "")
        }
    }

    @Test(
        "where the direction or the side forbids it, it is held",
        arguments: [
            ("delete", "hold 1=11: not allowed: delete on right", "hold 1=11: cannot delete on right"),
            ("archive", "hold 1=11: not allowed: update on right", "hold 1=11: cannot update on right"),
        ])
    func forbidden(policy: String, direction: String, capability: String) throws {
        var sketch = try sketch(policy)
        sketch.sync.direction = .rightToLeft
        sketch.sync.creates = [.left]
        try expect(sketch, direction)
        sketch.sync.direction = .twoWay
        sketch.readOnly = [.right]
        try expect(sketch, capability)
    }

    @Test("a record and a partner that are both out of scope are left alone, but for 'unlink' and 'follow'")
    func bothOutside() throws {
        for (policy, expected) in [
            ("freeze", "skip 1 frozen"), ("delete", "skip 1 frozen"), ("archive", "skip 1 frozen"),
            ("unlink", "unlink 1=11"), ("follow", "agree 1=11"),
        ] {
            try expect(
                sketch(
                    policy, "right: {collection: things, filter: off != true}",
                    right: "11: name=A, state=open, off=true"
                ).everywhere(), expected)
        }
    }

    @Test("a record that is gone while its partner is out of scope is deleted nowhere")
    func goneAndOutside() throws {
        for (policy, expected) in [
            ("freeze", "skip 1 frozen"), ("delete", "forget 1=11"), ("archive", "forget 1=11"),
            ("unlink", "forget 1=11"), ("follow", "delete left 1: name=A, status=Open"),
        ] {
            var sketch = try sketch(policy, "deletes: propagate")
            sketch.records.right.removeFirst()
            try expect(sketch, expected)
        }
    }

    @Test("a record on which the filter cannot be decided is held, but for 'follow'")
    func undecided() throws {
        for policy in ["freeze", "unlink", "archive", "delete"] {
            var sketch = try sketch(policy)
            sketch.records.left[0] = "1: name=A, status=Open"
            try expect(sketch, "hold 1=11: filter left")
        }
        // Nor does one that is archived come back by that.
        var course = try Course(sketch("archive"))
        try course.run()
        try course.set(.left, "1: name=A, status=Open", "2: queue=ours, name=B, status=Open")
        for _ in 0..<2 { #expect(try course.run() == "hold 1=11: filter left") }
        try course.set(.left, "1: queue=theirs, name=A, status=Open", "2: queue=ours, name=B, status=Open")
        #expect(try course.run() == "agree 1=11 (archived right)\nskip 1 archived")
        #expect(course.undecidedCount == 0)
    }

    @Test("a plan tells records that left the scope as they changed from those that left it as the job file did")
    func reasons() throws {
        for policy in ["freeze", "unlink", "archive", "delete"] {
            var course = try Course(sketch(policy))
            try course.run()
            #expect(course.last.departures.ofChanged == Sides(left: 1, right: 0), "\(policy)")
            #expect(course.last.departures.byJobFile == Sides(left: 0, right: 0), "\(policy)")
            try course.run()
            #expect(course.last.departures == Departures(), "\(policy)")
            var other = try sketch(policy)
            other.records.left[0] = "1: queue=ours, name=A, status=Open"
            other.records.left[1] = "2: queue=theirs, name=B, status=Open"
            let narrow = try SyncTextFilter.program("queue == 'nobody'")
            other.sync.collections.left.filter = narrow
            course = try Course(other)
            try course.run(trusts: false)
            #expect(course.last.departures.byJobFile == Sides(left: 1, right: 0), "\(policy)")
            #expect(course.last.departures.ofChanged == Sides(left: 1, right: 0), "\(policy)")
        }
    }

    @Test("fields that the job file maps anew are counted where they are given a value")
    func firstValues() throws {
        var sketch = try Sketch(
            "fields: [name <-> name, note -> memo]", left: ["1: name=A, note=x", "2: name=B"],
            right: ["11: name=A", "12: name=B"], links: ["1=11 | name=A, note=x | name=A", "2=12 | name=B | name=B"])
        sketch.unknown = [1]
        var course = try Course(sketch)
        #expect(try course.run(trusts: false) == "update right 11: memo null -> x\nagree 2=12")
        #expect(course.last.firstValues == 1)
        #expect(course.last.isJobFileChanged)
        try course.run()
        #expect(course.last.firstValues == 0)
    }
}

extension Sketch {
    /// The same where the records that links remember have what the filter of the right asks for.
    fileprivate func everywhere() -> Sketch {
        var sketch = self
        sketch.records.right[1] += ", off=false"
        sketch.links = links.map { $0 + ", off=false" }
        return sketch
    }
}

/// A filter by itself.
enum SyncTextFilter {
    static func program(_ filter: String) throws -> Program? {
        try Sketch("fields: [name <-> name]\nleft: {collection: things, filter: \"\(filter)\"}").sync.collections.left
            .filter
    }
}
