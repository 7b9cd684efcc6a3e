import Testing

@testable import CEL

@Suite("Schemas")
struct SchemaTests {
    private static let user = ObjectType([("email", .text), ("name", .text)], isClosed: true)
    private static let fields: [(name: String, type: CELType)] = [
        ("status", .text), ("priority", .nullable(.int)), ("tags", .list(.text)), ("user", .object(user)),
        ("Due Date", .date), ("price", .decimal), ("extra", .object(ObjectType([("a", .int)], isClosed: false))),
    ]

    private func mistakes(_ text: String, isClosed: Bool = true, isFilter: Bool = false) -> String {
        var options = CompileOptions()
        options.isFilter = isFilter
        options.types.record = ObjectType(Self.fields, isClosed: isClosed)
        options.types.variables = [("value", .text), ("run.id", .int)]
        return CELTests.mistakes(text, options)
    }

    @Test(
        "a field that is not there is named, with the one that was meant",
        arguments: [
            ("statsu == 'x'", "1-7 no-such-field no field 'statsu' [did you mean 'status'?]"),
            ("user.emial", "6-11 no-such-field no field 'emial' [did you mean 'email'?]"),
            ("record.statsu", "8-14 no-such-field no field 'statsu' [did you mean 'status'?]"),
            ("record['Due date']", "8-18 no-such-field no field 'Due date' [did you mean 'Due Date'?]"),
            ("has(user.emial)", "10-15 no-such-field no field 'emial' [did you mean 'email'?]"),
            ("has(nothing)", "5-12 no-such-field no field 'nothing'"),
            ("tags.exists(t, t == statsu)", "21-27 no-such-field no field 'statsu' [did you mean 'status'?]"),
            ("user.?emial", "7-12 no-such-field no field 'emial' [did you mean 'email'?]"),
            ("frobnicate", "1-11 no-such-field no field 'frobnicate'"),
            ("user.email.x", "1-13 type-mismatch 'x' is asked of text, which has no fields"),
        ])
    func unknown(text: String, message: String) {
        #expect(mistakes(text) == message)
    }

    @Test(
        "fields are held to their types",
        arguments: [
            ("status == 1", "1-12 type-mismatch text and int are never equal"),
            ("priority > 'high'", "1-18 type-mismatch '>' does not take int, text"),
            ("'vip' in tags && 1 in tags", "18-27 type-mismatch 'in' does not take int, list of text"),
            ("status + 1", "1-11 type-mismatch '+' does not take text, int [convert the other side: string(x)]"),
            ("price + 1", "1-10 type-mismatch '+' does not take decimal, int [convert one side: double(x) or int(x)]"),
            (
                "status.contains(priority)",
                "1-26 type-mismatch 'contains' does not take text, int [there is text.contains(text)]"
            ),
            (
                "tags.map(t, t + 1)",
                "13-18 type-mismatch '+' does not take text, int [convert the other side: string(x)]"
            ),
            ("size(priority)", "1-15 type-mismatch 'size' does not take int [it takes text, bytes, list or object]"),
            (
                "tags.join(1)",
                "1-13 type-mismatch 'join' does not take list, int [there is list.join() or list.join(text)]"
            ),
            ("user['email'] == 1", "1-19 type-mismatch text and int are never equal"),
            (
                "record['Due Date'] < timestamp('2026-01-01T00:00:00Z')",
                "1-55 type-mismatch '<' does not take date, timestamp"
            ),
        ])
    func types(text: String, message: String) {
        #expect(mistakes(text) == message)
    }

    @Test(
        "what may be right passes",
        arguments: [
            "status == 'x' && user.email != ''", "priority == null || priority > 1.5", "price > 1 && price * 2.0 < 3u",
            "tags.exists(t, t == status)", "user == {'email': 'x'}", "'email' in user", "size(record) > 3",
            "record['Due Date'].getMonth() == 1", "value == status", "run.id > 3", "extra.b == 1 && extra.a == 1",
            "user.map(k, user[k])", "type(status) == string", "record[status] == 1", "has(user.email)",
            "extra.?b.orValue(1)",
            "[user, extra].all(x, x.email == 1)", "{'a': user}.a.email == 'x'", "status == 'x' ? 1 : 'a'",
            "user['email'] + 'x'",
        ])
    func silent(text: String) {
        #expect(mistakes(text) == "none")
    }

    @Test("an open schema knows some fields, and lets others be anything")
    func open() {
        #expect(mistakes("other.x == 1 && status == 'x'", isClosed: false) == "none")
        #expect(mistakes("status == 1", isClosed: false) == "1-12 type-mismatch text and int are never equal")
        #expect(mistakes("record.status == 1", isClosed: false) == "1-19 type-mismatch text and int are never equal")
    }

    @Test("a filter answers with a bool, also by its schema")
    func filter() {
        #expect(
            mistakes("status", isFilter: true) == "1-7 filter-not-bool a filter answers with a bool, and this is text")
        #expect(mistakes("extra.b", isFilter: true) == "none")
    }

    @Test("names given beside the record have their types, and hide fields")
    func given() {
        #expect(mistakes("value == 1") == "1-11 type-mismatch text and int are never equal")
        #expect(mistakes("run.id == 'x'") == "1-14 type-mismatch int and text are never equal")
        #expect(mistakes("[1].exists(value, value == 'x')") == "19-31 type-mismatch int and text are never equal")
        #expect(mistakes("[1].exists(value, .value == 'x')") == "none")
    }

    @Test("names of the same letters in other bytes are other fields")
    func bytes() {
        var options = CompileOptions()
        options.types.record = ObjectType([("Ame\u{301}", .int)], isClosed: true)
        #expect(CELTests.mistakes(#"record['Ame\u0301'] == 1"#, options) == "none")
        #expect(CELTests.mistakes(#"record['Am\u00e9'] == 1"#, options).hasPrefix("8-18 no-such-field"))
    }

    @Test("without a record every name must be given")
    func noRecord() {
        var options = CompileOptions()
        options.types.record = nil
        options.types.variables = [("status", .text)]
        #expect(
            CELTests.mistakes("stauts", options)
                == "1-7 no-such-field nothing is named 'stauts' [did you mean 'status'?]")
        #expect(CELTests.mistakes("record", options) == "1-7 no-such-field nothing is named 'record'")
    }
}
