import Model
import Testing

/// How records that exist on both sides are paired, and what the first meeting of a pair means.
struct PairingTests {
    private func sketch(_ lines: String, _ left: [String], _ right: [String]) throws -> Sketch {
        try Sketch("fields: [name <-> title]\ncreates: none\n" + lines, left: left, right: right)
    }

    @Test("a key that is unique on both sides pairs its records")
    func unique() throws {
        try expect(
            sketch("match: name <-> title", ["1: name=A", "2: name=B"], ["a: title=B", "b: title=A"]),
            "link 1=b\nlink 2=a", mirrored: false)
    }

    @Test("without a match nothing is paired")
    func noMatch() throws {
        try expect(sketch("", ["1: name=A"], ["a: title=A"]), "skip 2 creates not allowed")
    }

    @Test("a key that two records share holds them all, with those of the other side")
    func ambiguous() throws {
        try expect(
            sketch("match: name <-> title", ["1: name=A", "2: name=A", "3: name=B"], ["a: title=A", "b: title=B"]),
            """
            link 3=b
            hold 1=: match key A of 1,2=a
            hold 2=: match key A of 1,2=a
            hold =a: match key A of 1,2=a
            """)
    }

    @Test("a key that two new records share holds them, though the other side has no partner for them")
    func ambiguousAlone() throws {
        try expect(
            Sketch(
                "fields: [name <-> title]\nmatch: name <-> title", left: ["1: name=A", "2: name=A", "3: name=B"],
                right: []),
            """
            create right 1 from 3: title=B
            hold 1=: match key A of 1,2=
            hold 2=: match key A of 1,2=
            """)
    }

    @Test("ids that are written differently share a key where the match says so")
    func ambiguousIDs() throws {
        let left = ["k: id=k, name=A", "K: id=K, name=B"]
        try expect(
            Sketch("fields: [name -> title]\nmatch: id <-> code\ncreates: none", left: left, right: []),
            "skip 2 creates not allowed")
        try expect(
            Sketch(
                "fields: [name -> title]\nmatch: [{id <-> code: {ignore_case: true}}]\ncreates: none", left: left,
                right: []),
            """
            hold k=: match key k of k,K=
            hold K=: match key k of k,K=
            """)
    }

    @Test("an empty key pairs nothing")
    func emptyKey() throws {
        try expect(
            sketch(
                "match: name <-> title", ["1: name=", "2: x=1", "3: name=null"],
                ["a: title=", "b: x=1", "c: title=null"]),
            "skip 6 creates not allowed")
    }

    @Test("keys that differ in case alone pair only where that is said")
    func ignoreCase() throws {
        try expect(
            sketch("match: name <-> title", ["1: name=ÄB"], ["a: title=äb"]), "skip 2 creates not allowed")
        try expect(
            sketch(
                "match: [{name <-> title: {ignore_case: true}}]\nfirst_values: left", ["1: name=ÄB"], ["a: title=äb"]),
            "update right a: title äb -> ÄB\nlink 1=a (open)", mirrored: false)
    }

    @Test("rules are tried in turn, each on what those before it left")
    func severalRules() throws {
        try expect(
            sketch(
                "match: [ref <-> code, name <-> title]",
                ["1: ref=R, name=X", "2: name=B", "3: ref=Q, name=C"],
                ["a: code=R, title=X", "b: title=B", "c: title=C"]),
            "link 1=a\nlink 2=b\nlink 3=c")
    }

    @Test("a number and its text are one key")
    func spelling() throws {
        try expect(
            sketch("match: ref <-> code", ["1: ref=7, name=A"], ["a: code=\"7\", title=A"]), "link 1=a")
    }

    @Test("records that are linked already are not paired again")
    func linked() throws {
        var sketch = try sketch("match: name <-> title", ["1: name=A", "2: name=A"], ["a: title=A", "b: title=A"])
        sketch.links = ["1=a | name=A | title=A"]
        try expect(sketch, "link 2=b")
    }

    static let pair = (left: "1: name=A, note=x", right: "a: title=A, memo=y")

    private func met(
        _ policy: String, note: String = "x", memo: String = "y", times: (String, String) = ("", "")
    ) throws -> Sketch {
        try Sketch(
            "fields: [name <-> title, note <-> memo]\nmatch: name <-> title\nfirst_values: \(policy)",
            left: ["1: name=A, note=\(note)\(times.0)"], right: ["a: title=A, memo=\(memo)\(times.1)"])
    }

    @Test("of a pair first met with different values, the policy says which count")
    func firstValues() throws {
        try expect(met("hold"), "link 1=a (open)\nhold 1=a: first values x | y")
        try expect(met("left"), "update right a: memo y -> x\nlink 1=a (open)")
        try expect(met("right"), "update left 1: note x -> y\nlink 1=a (open)")
        try expect(
            met("newest", times: (", updated=5", ", updated=6")), "update left 1: note x -> y\nlink 1=a (open)")
        try expect(met("newest"), "link 1=a (open)\nhold 1=a: no newest of x | y")
        try expect(met("fill"), "link 1=a (open)\nhold 1=a: first values x | y")
        try expect(met("fill", note: ""), #"update left 1: note "" -> y"# + "\nlink 1=a (open)")
        try expect(met("fill", memo: "null"), "update right a: memo null -> x\nlink 1=a (open)")
    }

    @Test("a pair first met in agreement is linked", arguments: ["hold", "left", "newest", "fill"])
    func agreement(policy: String) throws {
        try expect(met(policy, note: "z", memo: "z"), "link 1=a")
    }

    @Test("a one-way field needs no policy: its source counts")
    func oneWay() throws {
        try expect(
            Sketch(
                "fields: [name <-> title, note -> memo]\nmatch: name <-> title",
                left: ["1: name=A, note=x"], right: ["a: title=A, memo=y"]),
            "update right a: memo y -> x\nlink 1=a (open)")
    }

    @Test("a field that was mapped since is met for the first time")
    func mappedSince() throws {
        var sketch = try Sketch(
            "fields: [name <-> title, note <-> memo]", left: ["1: name=A, note=x, z=1"],
            right: ["a: title=A, memo=y, z=1"],
            links: ["1=a | name=A, note=x | title=A, memo=y"])
        sketch.unknown = [1]
        try expect(sketch, "hold 1=a: first values x | y")
        sketch.sync.firstValues = .left
        try expect(sketch, "update right a: memo y -> x")
    }

    @Test("a first run that links pairs what is there, and passes over the rest")
    func firstRunLinks() throws {
        var sketch = try Sketch(
            "fields: [name <-> title]\nmatch: ref <-> ref\nfirst_run: link",
            left: ["1: ref=R, name=A", "2: name=B"], right: ["11: ref=R, title=Z", "12: title=C"])
        sketch.isFirstRun = true
        try expect(sketch, "pass left 2\npass right 12\nlink 1=11")
        sketch.isFirstRun = false
        sketch.links = ["1=11 | ref=R, name=A | ref=R, title=Z"]
        sketch.passed = Sides(left: ["2: name=B"], right: ["12: title=C"])
        try expect(sketch, "")
        // Passed over as it was; not once it changes.
        sketch.records.left[1] = "2: name=BB"
        try expect(sketch, "create right 13 from 2: title=BB")
        // What both held when they were linked is the base, though it differs.
        sketch.records.left = ["1: ref=R, name=A2", "2: name=B"]
        try expect(sketch, "update right 11: title Z -> A2")
    }
}
