import Model
import Testing

/// The table of the engine's merge, row by row; each row also with the sides exchanged.
struct FieldTableTests {
    static let link = "1=a | name=A | title=A"

    private func sketch(_ lines: String, _ left: String, _ right: String) throws -> Sketch {
        try Sketch(lines, left: ["1: \(left)"], right: ["a: \(right)"], links: [Self.link])
    }

    private func table(_ left: String, _ right: String, conflicts: String = "hold") throws -> Sketch {
        try sketch("fields: [name <-> title]\nconflicts: \(conflicts)", left, right)
    }

    @Test("neither side changed: nothing")
    func neither() throws {
        try expect(table("name=A", "title=A"), "")
    }

    @Test("one side changed: the other is set from it")
    func one() throws {
        try expect(table("name=B", "title=A"), "update right a: title A -> B")
        try expect(table("name=A", "title=B"), "update left 1: name A -> B")
    }

    @Test("a field that went away is a change to nothing")
    func wentAway() throws {
        try expect(table("note=x", "title=A"), "update right a: title A -> null")
    }

    @Test("both sides changed to the same: the base moves and nothing is written")
    func same() throws {
        try expect(table("name=B", "title=B"), "agree 1=a")
    }

    @Test("both sides changed to different things: the policy decides")
    func different() throws {
        try expect(table("name=B", "title=C"), "hold 1=a: conflict, was A | A, now B | C")
        try expect(table("name=B", "title=C", conflicts: "left"), "update right a: title C -> B")
        try expect(table("name=B", "title=C", conflicts: "right"), "update left 1: name B -> C")
    }

    @Test("the newest record counts, where both say when they changed")
    func newest() throws {
        try expect(
            table("name=B, updated=2026-11-21T10:00:00Z", "title=C, updated=2026-11-21T09:00:00Z", conflicts: "newest"),
            "update right a: title C -> B")
        try expect(
            table("name=B, updated=2026-11-20", "title=C, updated=2026-11-21T00:00:01Z", conflicts: "newest"),
            "update left 1: name B -> C")
        for times in [
            ("", ""), (", updated=2026-11-21", ""), ("", ", updated=7"), (", updated=5", ", updated=5"),
            (", updated=soon", ", updated=5"),
        ] {
            try expect(
                table("name=B\(times.0)", "title=C\(times.1)", conflicts: "newest"),
                "hold 1=a: no newest of B | C")
        }
    }

    @Test("a field's own policy goes before the sync's")
    func fieldPolicy() throws {
        try expect(
            sketch("fields: [{name <-> title: {conflicts: left}}]\nconflicts: right", "name=B", "title=C"),
            "update right a: title C -> B")
    }

    @Test("what is held leaves the record's other fields alone, which go on")
    func others() throws {
        var sketch = try Sketch(
            "fields: [name <-> title, note <-> memo]", left: ["1: name=B, note=n"], right: ["a: title=C, memo=m"],
            links: ["1=a | name=A, note=m | title=A, memo=m"])
        try expect(
            sketch,
            """
            update right a: memo m -> n (open)
            hold 1=a: conflict, was A | A, now B | C
            """)
        // Both sides came to the same in the other field: the base moves, and the link stays open.
        sketch.records = Sides(left: ["1: name=B, note=x"], right: ["a: title=C, memo=x"])
        try expect(
            sketch,
            """
            agree 1=a (open)
            hold 1=a: conflict, was A | A, now B | C
            """)
    }

    @Test("each side may be set in one field from the other's edit of another")
    func crossed() throws {
        try expect(
            Sketch(
                "fields: [name <-> title, note <-> memo]", left: ["1: name=B, note=m"], right: ["a: title=A, memo=x"],
                links: ["1=a | name=A, note=m | title=A, memo=m"]),
            """
            update left 1: note m -> x (open)
            update right a: title A -> B
            """, mirrored: false)
    }

    @Test("a change of what is not mapped writes nothing, and is remembered")
    func unmapped() throws {
        try expect(table("name=A, age=7", "title=A"), "agree 1=a")
        try expect(table("name=A, age=7", "title=A, size=3"), "agree 1=a")
    }

    @Test("an untouched side is known by its base")
    func untouched() throws {
        var sketch = try table("name=B", "title=A")
        sketch.untouched = [.right]
        try expect(sketch, "update right a: title A -> B")
        sketch.records.left = ["1: name=A"]
        try expect(sketch, "")
        sketch.records.left = []
        sketch.sync.deletes = .propagate
        try expect(sketch, "delete right a: title=A")
    }

    @Test("nested fields are read and written along their paths")
    func nested() throws {
        try expect(
            Sketch(
                "fields: [user.email <-> mail]", left: [#"1: user={"email":"x","age":3}"#], right: ["a: mail=w"],
                links: [#"1=a | user={"email":"w","age":3} | mail=w"#]),
            "update right a: mail w -> x")
    }

    @Test("numbers, objects and instants that mean the same are no change")
    func meaning() throws {
        let sync = "fields: [{name <-> title: {type: timestamp}}, n <-> n, o <-> o]"
        let base = #"name=2026-11-21T10:00:00Z, n=1.0, o={"a":1,"b":2}"#
        let then = #"title=2026-11-21T10:00:00Z, n=1.0, o={"a":1,"b":2}"#
        try expect(
            Sketch(
                sync, left: [#"1: name=2026-11-21T11:00:00+01:00, n=1.00, o={"b":2,"a":1}"#], right: ["a: " + then],
                links: ["1=a | \(base) | \(then)"]),
            "agree 1=a")
    }
}
