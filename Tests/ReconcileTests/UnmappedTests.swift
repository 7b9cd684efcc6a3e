import Model
import Testing

/// Values that a table lacks, over the whole life of a record.
struct UnmappedTests {
    private func lines(_ option: String) -> String {
        let table = "{status <-> state: {values: {New: open, Busy: doing}, unmapped: \(option)}}"
        return "fields: [name <-> name, \(table)]"
    }

    @Test(
        "a new record with a value that the table lacks is held, or made with it, without it, or with another",
        arguments: [
            ("hold", "hold 1=: unmapped Odd"), ("pass", "create right 1 from 1: name=A, state=Odd"),
            ("skip", "create right 1 from 1: name=A"), ("{use: open}", "create right 1 from 1: name=A, state=open"),
        ])
    func new(option: String, expected: String) throws {
        try expect(Sketch(lines(option), left: ["1: name=A, status=Odd"]), expected)
    }

    @Test("a field that was skipped is left alone until its value is one of the table again, and then goes over")
    func skipped() throws {
        for side in [Side.left, .right] {
            let sketch = try Sketch(
                lines("skip"), left: ["1: name=A, status=New"], right: ["a: name=A, state=open"],
                links: ["1=a | name=A, status=New | name=A, state=open"])
            var course = try Course(sketch)
            if side == .left {
                try course.set(.left, "1: name=A, status=Odd")
            } else {
                try course.set(.right, "a: name=A, state=odd")
            }
            #expect(try course.run() == "agree 1=a")
            #expect(try course.run() == "")
            if side == .left {
                try course.set(.left, "1: name=A, status=Busy")
                #expect(try course.run() == "update right a: state open -> doing")
            } else {
                try course.set(.right, "a: name=A, state=doing")
                #expect(try course.run() == "update left 1: status New -> Busy")
            }
            #expect(try course.run() == "")
        }
    }

    @Test("what was passed or replaced is in step from then on, and an edit of the other side comes back")
    func replaced() throws {
        for (option, written) in [("pass", "Odd"), ("{use: doing}", "doing")] {
            var course = try Course(
                Sketch(
                    lines(option), left: ["1: name=A, status=Odd"], right: ["a: name=A, state=open"],
                    links: ["1=a | name=A, status=New | name=A, state=open"]))
            #expect(try course.run() == "update right a: state open -> \(written)")
            for trusts in [true, false] { #expect(try course.run(trusts: trusts) == "") }
            try course.set(.right, "a: name=A, state=open")
            #expect(try course.run() == "update left 1: status Odd -> New")
        }
    }

    @Test("a held value holds its field alone, and the record's other fields go on")
    func held() throws {
        var course = try Course(
            Sketch(
                lines("hold"), left: ["1: name=B, status=Odd"], right: ["a: name=A, state=open"],
                links: ["1=a | name=A, status=New | name=A, state=open"]))
        #expect(try course.run() == "update right a: name A -> B (open)\nhold 1=a: unmapped Odd")
        for trusts in [true, false, true] { #expect(try course.run(trusts: trusts) == "hold 1=a: unmapped Odd") }
        try course.set(.left, "1: name=B, status=Busy")
        #expect(try course.run() == "update right a: state open -> doing")
    }

    @Test("values that mean the same are no edit, however they are spelled")
    func canonical() throws {
        let cases = [
            ("n <-> n", "n=1.0", "n=1.00"), ("n <-> n", "n=1", "n=1.0"), ("n <-> n", "n=1e3", "n=1000"),
            ("o <-> o", #"o={"a":1}"#, #"o={"a":1.0}"#),
            ("{at <-> at: {type: timestamp}}", "at=2026-11-21T10:00:00Z", "at=2026-11-21T11:00:00+01:00"),
            ("{d <-> d: {type: int}}", "d=7", "d=\"7\""),
        ]
        for (field, was, now) in cases {
            for side in Side.allCases {
                var sketch = try Sketch(
                    "fields: [\(field)]", left: ["1: \(was)"], right: ["a: \(was)"], links: ["1=a | \(was) | \(was)"])
                sketch.records[side] = ["\(side == .left ? "1" : "a"): \(now)"]
                #expect(try sketch.plan.operations.isEmpty, "\(field) \(now)")
                #expect(try sketch.plan.holds.isEmpty, "\(field) \(now)")
            }
        }
    }
}
