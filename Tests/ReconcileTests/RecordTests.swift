import Model
import Testing
import Values

/// What becomes of whole records: new ones, deleted ones, and those that a filter leaves out.
struct RecordTests {
    @Test(
        "new records are made where that is allowed",
        arguments: [
            ("creates: both", "create right 12 from 2: name=A\ncreate left 3 from 11: name=B"),
            ("creates: right", "create right 12 from 2: name=A\nskip 1 creates not allowed"),
            ("creates: left", "create left 3 from 11: name=B\nskip 1 creates not allowed"),
            ("creates: none", "skip 2 creates not allowed"),
            ("direction: left-to-right", "create right 12 from 2: name=A\nskip 1 creates not allowed"),
        ])
    func creates(line: String, expected: String) throws {
        let sketch = try Sketch("fields: [name <-> name]\n\(line)", left: ["2: name=A"], right: ["11: name=B"])
        try expect(sketch, expected)
    }

    @Test("a side that can make no records is said so")
    func cannotCreate() throws {
        var sketch = try Sketch("fields: [name <-> name]", left: ["2: name=A"])
        sketch.readOnly = [.right]
        try expect(sketch, "hold 2=: cannot create on right")
    }

    static let link = ["1=11 | name=A, note=x | name=A, note=x"]

    @Test("a deleted record is ignored, or deleted on the other side")
    func deletes() throws {
        var sketch = try Sketch(
            "fields: [name <-> name]\ndeletes: ignore", right: ["11: name=A, note=x"], links: Self.link)
        try expect(sketch, "skip 1 deletes ignored")
        sketch.sync.deletes = .propagate
        try expect(sketch, "delete right 11: name=A")
        sketch.sync.direction = .rightToLeft
        try expect(sketch, "skip 1 deletes ignored")
    }

    @Test("a record deleted on one side and edited on the other is held")
    func deletedAndEdited() throws {
        var sketch = try Sketch(
            "fields: [name <-> name]\ndeletes: propagate", right: ["11: name=B, note=x"], links: Self.link)
        try expect(sketch, "hold 1=11: deleted on left, and edited")
        // What is not mapped is no edit.
        sketch.records.right = ["11: name=A, note=y"]
        try expect(sketch, "delete right 11: name=A")
        sketch.readOnly = [.right]
        try expect(sketch, "hold 1=11: cannot delete on right")
    }

    @Test("a record deleted on one side is held where the other holds what both never agreed on, as it is nowhere else")
    func deletedAndNeverAgreed() throws {
        var sketch = try Sketch(
            "fields: [name <-> name, note <-> note]\ndeletes: propagate", right: ["11: name=A, note=x"],
            links: ["1=11 | name=A, note=a | name=A, note=x"])
        sketch.unknown = [1]
        sketch.trusts = false
        try expect(sketch, "hold 1=11: deleted on left, and edited")
        sketch.records.right = ["11: name=A, note="]
        #expect(try sketch.plan.operations.map(\.verb) == [.delete])
    }

    @Test("a record deleted on one side and edited on the other is deleted too, where the job file says so")
    func deletedWhateverWasEdited() throws {
        let lines = "fields: [name <-> name]\ndeletes: propagate\ndelete_vs_edit: delete"
        var sketch = try Sketch(lines, right: ["11: name=B, note=x"], links: Self.link)
        try expect(sketch, "delete right 11: name=B")
        sketch.sync.deletes = .ignore
        try expect(sketch, "skip 1 deletes ignored")
    }

    @Test("a link of which both records are gone is forgotten")
    func bothGone() throws {
        try expect(Sketch("fields: [name <-> name]", links: Self.link), "forget 1=11")
    }

    @Test("a record that comes back with its old id takes up its old link")
    func comesBack() throws {
        try expect(
            Sketch(
                "fields: [name <-> name]", left: ["1: name=B"], right: ["11: name=A, note=x"], links: Self.link),
            "update right 11: name A -> B")
    }

    static let filter = "fields: [name <-> name]\nleft: {collection: things, filter: open}"

    @Test("new records out of scope are left alone, linked ones are frozen")
    func scope() throws {
        try expect(Sketch(Self.filter, left: ["1: open=false, name=A"]), "skip 1 out of scope")
        try expect(
            Sketch(
                Self.filter, left: ["1: open=false, name=B"], right: ["11: name=C"],
                links: ["1=11 | open=true, name=A | name=A"]),
            "skip 1 frozen")
        try expect(Sketch(Self.filter, left: ["1: open=true, name=A"]), "create right 1 from 1: name=A")
    }

    @Test("a record whose filter cannot be decided is held, linked or not, and never deleted on the other side")
    func brokenFilter() throws {
        try expect(Sketch(Self.filter, left: ["1: name=A"]), "hold 1=: filter left")
        try expect(Sketch(Self.filter, left: ["1: open=7, name=A"]), "hold 1=: filter left")
        try expect(
            Sketch(
                Self.filter + "\ndeletes: propagate", left: ["1: name=B"], right: ["11: name=A"],
                links: ["1=11 | open=true, name=A | name=A"]),
            "hold 1=11: filter left")
    }

    @Test("a frozen record whose partner was deleted is not deleted")
    func frozenAndGone() throws {
        try expect(
            Sketch(
                Self.filter + "\ndeletes: propagate", left: ["1: open=false, name=A"],
                links: ["1=11 | open=true, name=A | name=A"]),
            "skip 1 frozen")
    }

    @Test("writes come as creates, updates, deletes")
    func order() throws {
        try expect(
            Sketch(
                "fields: [name <-> name]\ndeletes: propagate", left: ["2: name=B2", "3: name=C"],
                right: ["11: name=A", "12: name=B"],
                links: ["1=11 | name=A | name=A", "2=12 | name=B | name=B"]),
            """
            create right 13 from 3: name=C
            update right 12: name B -> B2
            delete right 11: name=A
            """)
    }

    @Test("a record that cannot be written is said so")
    func cannotUpdate() throws {
        var sketch = try Sketch(
            "fields: [name <-> name]", left: ["1: name=B"], right: ["11: name=A, note=x"], links: Self.link)
        sketch.readOnly = [.right]
        try expect(sketch, "hold 1=11: cannot update on right")
    }

    @Test("the same inputs make the same plan, digest and all")
    func digest() throws {
        let one = try Sketch("fields: [name <-> name]", left: ["1: name=A", "2: name=B"])
        let other = try Sketch("fields: [name <-> name]", left: ["1: name=A", "2: name=C"])
        #expect(try one.plan.digest == one.plan.digest)
        #expect(try one.plan.digest != other.plan.digest)
        #expect(try one.plan.digest.utf8.count == 16)
    }
}

/// Ids of records that are made.
struct NewIDTests {
    @Test("a mapped id field gives the new record its id")
    func mapped() throws {
        try expect(Sketch("fields: [code <-> id]", left: ["1: code=X"]), "create right X from 1: id=X")
    }

    @Test("numbered ids go on after the greatest, in their form")
    func numbered() throws {
        var sketch = try Sketch(
            "fields: [name <-> name]\ncreates: right", left: ["1: name=A", "2: name=B"], right: ["S9: name=Z"],
            links: [])
        sketch.newIDs.right = .numbered(prefix: "S", suffix: "")
        try expect(
            sketch,
            """
            create right S10 from 1: name=A
            create right S11 from 2: name=B
            skip 1 creates not allowed
            """)
    }

    @Test("a number whose record is gone, and whose link still stands, is passed over")
    func numberOfALink() throws {
        try expect(
            Sketch(
                "fields: [name <-> name]\ndeletes: ignore", left: ["1: name=A", "2: name=B"], right: ["9: name=C"],
                links: ["1=10 | name=A | name=A", "7=9 | name=C | name=C"]),
            """
            create right 11 from 2: name=B
            skip 2 deletes ignored
            """)
    }

    @Test("where ids have another form, or no field gives one, the record is held")
    func none() throws {
        var sketch = try Sketch("fields: [name <-> name]\ncreates: right", left: ["1: name=A"], right: ["x: name=Z"])
        try expect(sketch, "hold 1=: no new id on right for id\nskip 1 creates not allowed")
        sketch.records.right = []
        sketch.newIDs.right = .fields
        try expect(sketch, "hold 1=: no new id on right for id")
    }

    @Test("an id that is taken is not given again")
    func taken() throws {
        try expect(
            Sketch("fields: [code <-> id]\ncreates: right", left: ["1: code=X"], right: ["X: name=Z"]),
            "hold 1=: id X taken on right\nskip 1 creates not allowed")
        try expect(
            Sketch(
                "fields: [code <-> id]", left: ["1: code=X", "2: code=X"], right: ["X: name=Z"],
                links: ["1=X | code=X | name=Z"]),
            "hold 2=: id X taken on right")
        try expect(
            Sketch("fields: [code <-> id]", left: ["1: code=X", "2: code=X"]),
            "create right X from 1: id=X\nhold 2=: id X taken on right")
    }

    @Test("the id of a record that exists is not changed")
    func changes() throws {
        try expect(
            Sketch(
                "fields: [code <-> id]", left: ["1: code=Y"], right: ["X: name=Z"],
                links: ["1=X | code=X | name=Z"]),
            "hold 1=X: changes id id on right")
    }

    @Test("an id that was given, and goes back to the other side, is carried there by the next run")
    func speaksBack() throws {
        try expect(
            Sketch("fields: [code <-> id, name <-> name]", left: ["1: name=A"]),
            "create right 1 from 1: name=A (open)")
    }
}
