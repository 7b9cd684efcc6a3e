import Model
import Testing

/// What the options of a field mean.
struct FieldOptionTests {
    private func sketch(_ field: String, _ left: String, _ right: String, was: String) throws -> Sketch {
        try Sketch("fields: [\(field)]", left: ["1: \(left)"], right: ["a: \(right)"], links: ["1=a | \(was)"])
    }

    @Test("of a one-way field only its source counts")
    func oneWay() throws {
        let field = "name -> title"
        try expect(sketch(field, "name=B", "title=A", was: "name=A | title=A"), "update right a: title A -> B")
        try expect(sketch(field, "name=A", "title=B", was: "name=A | title=A"), "agree 1=a")
        try expect(sketch(field, "name=B", "title=C", was: "name=A | title=A"), "update right a: title C -> B")
        try expect(sketch(field, "name=B", "title=B", was: "name=A | title=A"), "agree 1=a")
    }

    @Test("the direction of the sync makes every field one-way")
    func direction() throws {
        var sketch = try sketch("name <-> title", "name=A", "title=B", was: "name=A | title=A")
        sketch.sync.direction = .leftToRight
        try expect(sketch, "agree 1=a")
        sketch.records = Sides(left: ["1: name=B"], right: ["a: title=C"])
        try expect(sketch, "update right a: title C -> B")
    }

    @Test("an expression is worked out anew, and set where its value moved")
    func expression() throws {
        let field = "\"name + '!' -> title\""
        try expect(sketch(field, "name=B", "title=A!", was: "name=A | title=A!"), "update right a: title A! -> B!")
        try expect(sketch(field, "name=A, age=3", "title=A!", was: "name=A | title=A!"), "agree 1=a")
        try expect(sketch(field, "age=3", "title=A!", was: "name=A | title=A!"), "hold 1=a: evaluation")
    }

    @Test("where what a side is given makes another field of its partner, both are written in one run")
    func echo() throws {
        for (source, old, new) in [("\"name + '!' -> label\"", "A!", "B!"), ("name -> label", "A", "B")] {
            try expect(
                Sketch(
                    "fields: [name <-> title, \(source)]", left: ["1: name=A"], right: ["a: title=B, label=\(old)"],
                    links: ["1=a | name=A | title=A, label=\(old)"]),
                "update left 1: name A -> B (open)\nupdate right a: label \(old) -> \(new)", mirrored: false)
        }
        try expect(
            Sketch(
                "fields: [name <-> title, note -> label]", left: ["1: name=A, note=x"], right: ["a: title=B, label=x"],
                links: ["1=a | name=A, note=x | title=A, label=x"]),
            "update left 1: name A -> B")
    }

    @Test("conversions go one way each, over the value and the record")
    func conversions() throws {
        let field = "{minutes <-> hours: {to_right: value / 60.0, to_left: value * record.scale}}"
        let was = "minutes=60.0 | hours=1.0, scale=60.0"
        try expect(sketch(field, "minutes=90.0", "hours=1.0, scale=60.0", was: was), "update right a: hours 1.0 -> 1.5")
        try expect(
            sketch(field, "minutes=60.0", "hours=2.0, scale=60.0", was: was), "update left 1: minutes 60.0 -> 120.0")
        // They agree by what the left gives, though the right would give something else.
        try expect(sketch(field, "minutes=180.0", "hours=3.0, scale=1.0", was: was), "agree 1=a")
    }

    static let table =
        "{status <-> state: {values: {New: open, In Progress: doing, Waiting: doing}, to_left: {doing: In Progress}"

    @Test("a table translates both ways, and two values that are one on the other side make no change there")
    func values() throws {
        let field = Self.table + "}}"
        let was = "status=New | state=open"
        try expect(sketch(field, "status=Waiting", "state=open", was: was), "update right a: state open -> doing")
        try expect(sketch(field, "status=New", "state=doing", was: was), "update left 1: status New -> In Progress")
        try expect(sketch(field, "status=Waiting", "state=doing", was: was), "agree 1=a")
        let waiting = "status=Waiting | state=doing"
        try expect(sketch(field, "status=In Progress", "state=doing", was: waiting), "agree 1=a")
        try expect(sketch(field, "status=Waiting", "state=doing, x=1", was: waiting), "agree 1=a")
    }

    @Test("a value that the table lacks is held, passed, skipped, or replaced")
    func unmapped() throws {
        let expected = [
            "hold": "hold 1=a: unmapped Odd", "pass": "update right a: state open -> Odd", "skip": "agree 1=a",
            "{use: other}": "update right a: state open -> other",
        ]
        for (option, plan) in expected {
            let field = Self.table + ", unmapped: \(option)}}"
            try expect(sketch(field, "status=Odd", "state=open", was: "status=New | state=open"), plan)
        }
        try expect(
            sketch(Self.table + "}}", "status=", "state=open", was: "status=New | state=open"),
            #"update right a: state open -> """#)
    }

    @Test("text becomes a number only where the type says so, and what is none is held")
    func type() throws {
        let field = "{n <-> n: {type: int}}"
        var sketch = try sketch(field, "n=42", "n=\"7\"", was: "n=7 | n=\"7\"")
        sketch.forms.right = .text
        try expect(sketch, "update right a: n 7 -> 42")
        sketch.records = Sides(left: ["1: n=7"], right: ["a: n=\"42\""])
        try expect(sketch, "update left 1: n 7 -> 42")
        sketch.records.right = ["a: n=4x"]
        try expect(sketch, "hold 1=a: wrong type")
    }

    @Test("a date is spelled in its format where there is only text for it")
    func format() throws {
        let field = "{due <-> due: {type: date, format: '%d.%m.%Y'}}"
        var sketch = try sketch(field, "due=22.11.2026", "due=21.11.2026", was: "due=21.11.2026 | due=21.11.2026")
        sketch.forms = Sides(left: .text, right: .text)
        try expect(sketch, #"update right a: due 21.11.2026 -> 22.11.2026"#)
    }

    @Test("when says on which writes a field is set")
    func when() throws {
        func field(_ when: String) -> String { "{name -> title: {when: \(when)}}" }
        let was = "name=A | title=A"
        try expect(sketch(field("create"), "name=B", "title=A", was: was), "agree 1=a")
        try expect(sketch(field("update"), "name=B", "title=A", was: was), "update right a: title A -> B")
        try expect(sketch(field("empty"), "name=B", "title=A", was: was), "agree 1=a")
        try expect(
            sketch(field("empty"), "name=B", "title=", was: "name=A | title="), #"update right a: title "" -> B"#)
    }

    @Test("of a new record, only what is for updates is left out")
    func whenCreated() throws {
        for (when, fields) in ["always": "title=A", "create": "title=A", "empty": "title=A", "update": ""] {
            try expect(
                Sketch("fields: [{name -> title: {when: \(when)}}]", left: ["1: name=A"]),
                "create right 1 from 1: \(fields)")
        }
    }

    @Test("an empty value erases, or never does")
    func empty() throws {
        let was = "name=A | title=A"
        for empty in ["name=", "name=null", "x=1"] {
            let plan = empty == "name=" ? #"update right a: title A -> """# : "update right a: title A -> null"
            try expect(sketch("{name <-> title: {empty: clear}}", empty, "title=A", was: was), plan)
            try expect(sketch("{name <-> title: {empty: keep}}", empty, "title=A", was: was), "agree 1=a")
        }
    }

    @Test("where a side knows only text, nothing and the empty text are one")
    func textHasNoNull() throws {
        var sketch = try sketch("name <-> title", "name=null", "title=", was: "name=A | title=A")
        sketch.forms.right = .text
        try expect(sketch, "agree 1=a")
        sketch.forms.right = .json
        try expect(sketch, #"hold 1=a: conflict, was A | A, now null | """#)
    }
}
