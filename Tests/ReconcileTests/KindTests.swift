import Model
import Testing

/// A side that knows text alone beside one that knows numbers and bools.
struct KindTests {
    private func met(_ left: String, _ right: String, _ option: String = "") throws -> Sketch {
        var sketch = try Sketch(
            "fields: [name <-> title, {a <-> b\(option)}]\nmatch: name <-> title",
            left: ["1: name=N, a=\(left)"], right: ["x: title=N, b=\(right)"])
        sketch.forms.right = .text
        return sketch
    }

    private func edited(_ right: String, _ option: String = "") throws -> Sketch {
        var sketch = try met("true", right, option)
        sketch.links = ["1=x | name=N, a=true | title=N, b=\"true\""]
        return sketch
    }

    @Test("a number or a bool first met with text is held until a type says that they mean the same")
    func firstMeeting() throws {
        try expect(met("42", "\"42\"", ": {}"), "link 1=x (open)\nhold 1=x: needs a type for 42 | 42")
        try expect(met("7", "\"007\"", ": {}"), "link 1=x (open)\nhold 1=x: needs a type for 7 | 007")
        try expect(met("true", "\"true\"", ": {}"), "link 1=x (open)\nhold 1=x: needs a type for true | true")
        try expect(met("42", "\"42\"", ": {type: int}"), "link 1=x")
        try expect(met("7", "\"007\"", ": {type: int}"), "link 1=x")
        try expect(met("true", "\"true\"", ": {type: bool}"), "link 1=x")
        try expect(met("\"42\"", "\"42\"", ": {}"), "link 1=x")
    }

    @Test("an edit of text never turns a number or a bool into text by itself")
    func edit() throws {
        try expect(edited("\"false\"", ": {}"), "hold 1=x: needs a type for true | false")
        try expect(edited("\"false\"", ": {type: bool}"), "update left 1: a true -> false")
        try expect(edited("\"false\"", ": {to_left: value, to_right: string(value)}"), "update left 1: a true -> false")
    }

    @Test("where an empty value never erases, a pair first met with one takes the other")
    func keep() throws {
        try expect(met("x", "\"\"", ": {empty: keep}"), #"update right x: b "" -> x"# + "\nlink 1=x (open)")
        try expect(met("\"\"", "y", ": {empty: keep}"), #"update left 1: a "" -> y"# + "\nlink 1=x (open)")
        try expect(met("x", "y", ": {empty: keep}"), "link 1=x (open)\nhold 1=x: first values x | y")
    }
}
