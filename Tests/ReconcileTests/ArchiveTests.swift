import Model
import Testing
import Values

/// `deletes: archive`: the partner of a deleted record is set to its archived state.
struct ArchiveTests {
    static let fields = """
        fields: [name <-> name, {status <-> state: {values: {Open: open, Closed: done}}}]
        archive: {left: {status: Closed}, right: {state: done}}

        """

    private func sketch(_ more: String = "", right: String = "11: name=A, state=open") throws -> Sketch {
        try Sketch(
            Self.fields + "deletes: archive\n" + more, left: ["2: name=B, status=Open"],
            right: [right, "12: name=B, state=open"],
            links: [
                "1=11 | name=A, status=Open | name=A, state=open", "2=12 | name=B, status=Open | name=B, state=open",
            ])
    }

    @Test("the record that stands is archived, once, and the link is kept and needs no look")
    func archived() throws {
        try expect(sketch(), "update right 11: state open -> done archived")
        var course = try Course(sketch())
        try course.run()
        for trusts in [true, true, false] { #expect(try course.run(trusts: trusts) == "skip 1 archived") }
        #expect(course.linkCount == 2)
        #expect(course.undecidedCount == 0)
        #expect(course.held(.right)[0] == "name=A, state=done")
        // Whoever takes it out of its archived state is left in peace, and so is who edits it.
        try course.set(.right, "11: name=Z, state=open", "12: name=B, state=open")
        #expect(try course.run() == "skip 1 archived")
        #expect(course.last.settlements.isEmpty)
    }

    @Test("a record that is as an archived one already is not written")
    func already() throws {
        try expect(
            sketch(right: "11: name=A, state=done"), "agree 1=11 (archived right)\nskip 1 archived")
    }

    @Test("fields that no arrow names are set too, made where they are not, and their literals keep their kinds")
    func unmapped() throws {
        let lines = """
            fields: [name <-> name]
            deletes: archive
            archive: {left: {gone: true}, right: {meta.level: 3, tags: [old, x], "record['Closed by']": null, meta.note: ""}}
            """
        let sketch = try Sketch(
            lines, right: ["11: name=A, meta={\"k\":1}"], links: ["1=11 | name=A | name=A, meta={\"k\":1}"])
        try expect(
            sketch,
            "update right 11: meta.level null -> 3, tags null -> [\"old\",\"x\"], record['Closed by'] null -> null, meta.note null -> \"\" archived"
        )
        var course = try Course(sketch)
        try course.run()
        let record = try #require(course.situation.records.right.first?.object)
        #expect(record.value(at: FieldPath(steps: ["meta", "level"], text: "meta.level")) == .int(3))
        #expect(record.value(at: FieldPath(steps: ["meta", "k"], text: "meta.k")) == .int(1))
        #expect(record["Closed by"] == .null)
        #expect(try course.run() == "skip 1 archived")
    }

    @Test("text is what a side gets that has nothing else")
    func text() throws {
        let lines = "fields: [name <-> name]\ndeletes: archive\narchive: {left: {n: 1}, right: {off: true, n: 2.50}}"
        var sketch = try Sketch(
            lines, right: ["11: name=A, off=\"true\", n=\"2\""],
            links: ["1=11 | name=A | name=A, off=\"true\", n=\"2\""])
        sketch.forms.right = .text
        try expect(sketch, "update right 11: n 2 -> 2.50 archived")
    }

    @Test(
        "a record that was edited meanwhile follows 'delete_vs_edit'",
        arguments: [
            ("hold", "hold 1=11: deleted on left, and edited"),
            ("delete", "update right 11: state open -> done archived"),
            ("restore", "create left 1 from 11: name=A2, status=Open again"),
        ])
    func edited(policy: String, expected: String) throws {
        try expect(sketch("delete_vs_edit: \(policy)", right: "11: name=A2, state=open"), expected)
        // That it was set to what archiving sets is no edit.
        try expect(
            sketch("delete_vs_edit: \(policy)", right: "11: name=A, state=done"),
            "agree 1=11 (archived right)\nskip 1 archived")
    }

    @Test("where a side may not or cannot be written, nothing is archived")
    func obstacles() throws {
        var oneWay = try sketch()
        oneWay.sync.direction = .leftToRight
        try expect(oneWay, "update right 11: state open -> done archived")
        oneWay.sync.direction = .rightToLeft
        try expect(oneWay, "skip 1 deletes ignored")
        var readOnly = try sketch()
        readOnly.readOnly = [.right]
        try expect(readOnly, "hold 1=11: cannot update on right")
        var id = try sketch()
        id.sync.archive.right[0].path = FieldPath("id")
        try expect(id, "hold 1=11: changes id id on right")
    }

    @Test("a record that comes back takes up its link: what archiving set follows it, and so does what it changed")
    func comesBack() throws {
        for (record, state) in [("1: name=A, status=Open", "open"), ("1: name=A, status=Closed", "done")] {
            var course = try Course(sketch())
            try course.run()
            try course.set(.left, record, "2: name=B, status=Open")
            let expected = state == "open" ? "update right 11: state done -> open" : "agree 1=11"
            #expect(try course.run() == expected)
            #expect(course.held(.right)[0] == "name=A, state=\(state)")
            #expect(try course.run() == "")
            #expect(course.undecidedCount == 0)
        }
        var course = try Course(sketch())
        try course.run()
        try course.set(.right, "11: name=Z, state=done", "12: name=B, state=open")
        try course.run()
        try course.set(.left, "1: name=A, status=Open", "2: name=B, status=Open")
        #expect(try course.run() == "update left 1: name A -> Z (open)\nupdate right 11: state done -> open")
        #expect(try course.run() == "agree 1=11")
        #expect(try course.run() == "")
    }

    @Test("a record that comes back is merged though its partner's own filter leaves out what is archived")
    func comesBackIntoFilter() throws {
        var course = try Course(sketch("right: {collection: things, filter: state != 'done'}"))
        try course.run()
        #expect(try course.run() == "skip 1 archived")
        try course.set(.left, "1: name=A, status=Closed", "2: name=B, status=Open")
        #expect(try course.run() == "agree 1=11 (archived right)\nskip 1 archived")
        #expect(course.undecidedCount == 0)
        try course.set(.left, "1: name=A2, status=Open", "2: name=B, status=Open")
        #expect(try course.run() == "update right 11: name A -> A2, state done -> open")
        #expect(try course.run() == "")
    }

    @Test("a link of which the archived record goes too is forgotten, and a record that is back by then is made again")
    func purged() throws {
        var course = try Course(sketch())
        try course.run()
        var back = course
        try course.set(.right, "12: name=B, state=open")
        #expect(try course.run() == "forget 1=11")
        try back.set(.right, "12: name=B, state=open")
        try back.set(.left, "1: name=A, status=Open", "2: name=B, status=Open")
        #expect(try back.run() == "create right 11 from 1: name=A, state=open again")
        #expect(try back.run() == "")
    }

    @Test("a new record with the key of an archived one goes on with its link")
    func underNewID() throws {
        var course = try Course(sketch("match: name <-> name"))
        try course.run()
        try course.set(.left, "7: name=A, status=Open", "2: name=B, status=Open")
        #expect(try course.run() == "update right 11: state done -> open\nforget 1=11\nlink 7=11 (open)")
        #expect(try course.run() == "")
        #expect(course.linkCount == 2)
    }

    @Test("what a run that died had archived counts as archived, and as no edit")
    func inDoubt() throws {
        var sketch = try sketch()
        sketch.intended.right = [
            "1=11 | name=A, status=Open | name=A, state=done", "2=12 | name=B, status=Open | name=B, state=open",
        ]
        let told = "update right 11: state open -> done archived"
        #expect(try PlanText(plan: sketch.plan, sync: sketch.sync, forms: sketch.forms).lines.first == told)
        sketch.records.right[0] = "11: name=A, state=done"
        #expect(
            try PlanText(plan: sketch.plan, sync: sketch.sync, forms: sketch.forms).lines.contains(
                "agree 1=11 (archived right)"))
    }

    @Test("records that were gone while deletes were ignored are archived once the job file says so")
    func switchedOn() throws {
        var sketch = try sketch()
        sketch.sync.deletes = .ignore
        var course = try Course(sketch)
        #expect(try course.run() == "skip 1 deletes ignored")
        course.sketch.sync.deletes = .archive
        #expect(try course.run(trusts: false) == "update right 11: state open -> done archived")
        // And what is archived is not deleted because the job file says that later.
        course.sketch.sync.deletes = .propagate
        #expect(try course.run(trusts: false) == "skip 1 archived")
    }
}
