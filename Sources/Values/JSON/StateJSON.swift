/// JSON that gives every kind of value back: for the files of the state.
///
/// Kinds that JSON has stand as they are. Others are objects of one name: `{"$timestamp":"2026-11-21T10:00:00Z"}`,
/// `{"$date":"2026-11-21"}`, `{"$duration":"1.5s"}`, `{"$bytes":"AAEC"}`, `{"$double":"NaN"}` (or `Infinity`,
/// `-Infinity`). An object whose own first name begins with `$` is wrapped as `{"$object":{…}}`. A number comes back as
/// what JSON reading makes of it: a double as the decimal of its shortest digits, which means the same and is written
/// the same.
package enum StateJSON {
    package static func write(_ value: Value, to out: inout [UInt8]) {
        JSONSink.append(to: &out) { sink in sink.putState(value) }
    }

    package static func text(_ value: Value) -> String {
        var out: [UInt8] = []
        write(value, to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    /// The value that was written, from JSON that has been read. Where it fails the offset is 0: a value has no place.
    package static func value(_ json: Value) throws(JSON.Failure) -> Value {
        guard hasForms(json) else { return json }
        switch json {
        case .list(let list): return .list(try list.map { element throws(JSON.Failure) in try value(element) })
        case .object(let object) where object.beginsWithDollar: return try decodeForm(object)
        case .object(let object): return .object(try decodeFields(object))
        default: return json
        }
    }

    /// Whether there is anything to decode; most records have nothing, and stay as they were read.
    private static func hasForms(_ json: Value) -> Bool {
        switch json {
        case .list(let list): list.contains(where: hasForms)
        case .object(let object): object.beginsWithDollar || object.values.contains(where: hasForms)
        default: false
        }
    }

    private static func decodeFields(_ object: Object) throws(JSON.Failure) -> Object {
        var decoded = object
        for at in object.values.indices {
            let value = try value(object.values[at])
            decoded.update(at: at) { $0 = value }
        }
        return decoded
    }

    private static func decodeForm(_ object: Object) throws(JSON.Failure) -> Value {
        guard object.count == 1, let form = StateForm(rawValue: object.names[0]) else {
            throw JSON.Failure(.unknownForm, at: 0)
        }
        switch (form, object.values[0]) {
        case (.object, .object(let inner)) where inner.beginsWithDollar: return .object(try decodeFields(inner))
        case (_, .text(let text)):
            if let value = form.read(text) { return value }
        default: break
        }
        throw JSON.Failure(.badForm(form), at: 0)
    }
}

/// The forms of values that JSON lacks, by their names.
package enum StateForm: String, Sendable {
    case timestamp = "$timestamp"
    case date = "$date"
    case duration = "$duration"
    case bytes = "$bytes"
    case double = "$double"
    case object = "$object"

    fileprivate func read(_ text: String) -> Value? {
        switch self {
        case .timestamp: Timestamp(text).map(Value.timestamp)
        case .date: CalendarDate(text).map(Value.date)
        case .duration: Duration(secondsText: text).map(Value.duration)
        case .bytes: Base64.decode(text).map(Value.bytes)
        case .double: Self.notFinite[text].map(Value.double)
        case .object: nil
        }
    }

    private static let notFinite: [String: Double] = ["NaN": .nan, "Infinity": .infinity, "-Infinity": -.infinity]

    /// What stands in it, for messages.
    var content: String {
        switch self {
        case .timestamp: "instant"
        case .date: "date"
        case .duration: "duration"
        case .bytes: "base64"
        case .double: "NaN or infinity"
        case .object: "object whose first name begins with '$'"
        }
    }
}

extension Object {
    fileprivate var beginsWithDollar: Bool { names.first?.utf8.first == UInt8(ascii: "$") }
}

extension JSONSink {
    fileprivate mutating func putState(_ value: Value) {
        switch value {
        case .timestamp: putForm(.timestamp, value)
        case .date: putForm(.date, value)
        case .duration: putForm(.duration, value)
        case .bytes: putForm(.bytes, value)
        case .double(let number) where !number.isFinite:
            putForm(.double, .text(number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity"))
        case .list(let list):
            put(UInt8(ascii: "["))
            for at in list.indices {
                if at > 0 { put(UInt8(ascii: ",")) }
                putState(list[at])
            }
            put(UInt8(ascii: "]"))
        case .object(let object) where object.beginsWithDollar:
            put(#"{"$object":"#)
            putStateFields(object)
            put(UInt8(ascii: "}"))
        case .object(let object): putStateFields(object)
        default: putScalar(value)
        }
    }

    private mutating func putForm(_ form: StateForm, _ value: Value) {
        put(#"{""#)
        put(form.rawValue)
        put(#"":"#)
        putScalar(value)
        put(UInt8(ascii: "}"))
    }

    private mutating func putStateFields(_ object: Object) {
        let names = object.names
        put(UInt8(ascii: "{"))
        for at in names.indices {
            if at > 0 { put(UInt8(ascii: ",")) }
            putString(names[at])
            put(UInt8(ascii: ":"))
            putState(object.values[at])
        }
        put(UInt8(ascii: "}"))
    }
}
