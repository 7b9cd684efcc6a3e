import Model
import Testing
import Values

/// Fields whose two edits are kept together, where the job file asks for that.
struct MergeTests {
    private func sketch(_ field: String, _ left: String, _ right: String, was: String) throws -> Sketch {
        try Sketch(
            "fields: [{a <-> b: {\(field)}}]", left: ["1: a=\(left)"], right: ["x: b=\(right)"],
            links: ["1=x | a=\(was) | b=\(was)"])
    }

    @Test("lines that both sides edited are merged, and both sides get both")
    func text() throws {
        let plan = try sketch("merge: text", #""A\nb\nc\n""#, #""a\nb\nC\n""#, was: #""a\nb\nc\n""#).plan
        let bases = try plan.operations.map { operation in
            try plan.arena.withBytes(operation.base) { try Base(decoding: $0, columns: [0]).entries[0] }
        }
        let merged = Value.text("A\nb\nC\n")
        #expect(plan.operations.map(\.side) == [.left, .right])
        #expect(
            bases == [
                Base.Entry(Sides(left: merged, right: .text("a\nb\nC\n")), owed: .right),
                Base.Entry(Sides(left: merged, right: merged)),
            ])
    }

    @Test("where lines cannot be merged, the policy decides")
    func conflict() throws {
        try expect(
            sketch("merge: text", "x", "y", was: "a"), "hold 1=x: conflict, was a | a, now x | y")
        try expect(sketch("merge: text, conflicts: left", "x", "y", was: "a"), "update right x: b y -> x")
        try expect(sketch("merge: sum", "x", "2", was: "1"), "hold 1=x: conflict, was 1 | 1, now x | 2")
    }

    @Test("a side that holds both edits already is not written")
    func oneSide() throws {
        try expect(
            sketch("merge: set", #"["p","q","r"]"#, #"["p","r"]"#, was: #"["p"]"#),
            #"update right x: b ["p","r"] -> ["p","q","r"]"#, mirrored: false)
    }

    @Test("members are added and removed, and a number moves by both differences")
    func setAndSum() throws {
        try expect(
            sketch("merge: set", #"["p","q"]"#, #"["r"]"#, was: #"["p"]"#),
            """
            update left 1: a ["p","q"] -> ["q","r"] (open)
            update right x: b ["r"] -> ["q","r"]
            """, mirrored: false)
        try expect(
            sketch("merge: sum", "12", "7", was: "10"),
            """
            update left 1: a 12 -> 9 (open)
            update right x: b 7 -> 9
            """, mirrored: false)
    }

    @Test("a merge is made where one side's form can be merged, and goes to the other in its own form")
    func forms() throws {
        try expect(
            Sketch(
                """
                fields:
                  - a <-> b:
                      merge: set
                      to_right: "value.split(';')"
                      to_left: value.join(';')
                """, left: ["1: a=p;q"], right: [#"x: b=["p","r"]"#], links: [#"1=x | a=p | b=["p"]"#]),
            """
            update left 1: a p;q -> p;r;q (open)
            update right x: b ["p","r"] -> ["p","r","q"]
            """, mirrored: false)
    }

    @Test("of one way nothing is merged: the source counts")
    func oneWay() throws {
        try expect(
            Sketch(
                "fields: [{a <-> b: {merge: sum}}]\ndirection: left-to-right", left: ["1: a=12"], right: ["x: b=13"],
                links: ["1=x | a=10 | b=10"]), "update right x: b 13 -> 12")
    }

    /// What is remembered between the two writes of a merge: one side was set, the other is owed that.
    private func halfway(_ owed: Side, left: String, right: String, was: String) throws -> Sketch {
        var sketch = try sketch("merge: sum", left, right, was: "0")
        // A field that no arrow names makes both records look changed.
        sketch.links = ["1=x | \(was)"]
        sketch.owed = [0: owed]
        return sketch
    }

    @Test("a merge of which one side's write is still to come is carried on, with what was edited since")
    func halfway() throws {
        let rightOwed = "a=15, n=1 | b=13, n=1"
        try expect(halfway(.right, left: "15", right: "13", was: rightOwed), "update right x: b 13 -> 15")
        try expect(halfway(.right, left: "16", right: "13", was: rightOwed), "update right x: b 13 -> 16")
        try expect(
            halfway(.right, left: "15", right: "14", was: rightOwed),
            """
            update left 1: a 15 -> 16 (open)
            update right x: b 14 -> 16
            """, mirrored: false)
        let leftOwed = "a=12, n=1 | b=15, n=1"
        try expect(halfway(.left, left: "12", right: "15", was: leftOwed), "update left 1: a 12 -> 15")
        try expect(
            halfway(.left, left: "11", right: "15", was: leftOwed),
            """
            update left 1: a 11 -> 14 (open)
            update right x: b 15 -> 14
            """, mirrored: false)
        try expect(halfway(.left, left: "15", right: "15", was: leftOwed), "agree 1=x")
    }

    @Test("a record that was deleted before it got its part of a merge is no reason to delete what holds that part")
    func deletedHalfway() throws {
        for (owed, expected) in [
            (Side?.some(.right), "hold 1=x: deleted on right, and edited"), (.some(.left), "delete left 1: a=15"),
            (nil, "delete left 1: a=15"),
        ] {
            var sketch = try Sketch(
                "fields: [{a <-> b: {merge: sum}}]\ndeletes: propagate", left: ["1: a=15"], right: [],
                links: ["1=x | a=15 | b=13"])
            if let owed { sketch.owed = [0: owed] }
            try expect(sketch, expected)
        }
    }
}
