// How the tables of signatures are written.
extension Signature {
    static func global(_ parameters: CELType..., to result: CELType) -> Signature { Signature(parameters, to: result) }

    static func method(_ parameters: CELType..., to result: CELType) -> Signature {
        Signature(isMethod: true, parameters, to: result)
    }

    /// `f(x)` and `x.f()`.
    static func both(_ parameters: CELType..., to result: CELType) -> [Signature] {
        [Signature(parameters, to: result), Signature(isMethod: true, parameters, to: result)]
    }

    init(_ overload: Overload) {
        self.init(
            isMethod: overload.isMethod, overload.parameters.map { CELType($0) }, to: CELType(overload.result))
    }
}

extension CELType {
    static let a = CELType.parameter("A")
    static let b = CELType.parameter("B")
}

extension Signature {
    /// As a person writes the call: `text.substring(int, int)`.
    func call(_ name: String) -> String {
        let words = parameters.map { $0 == .dyn ? "any" : $0.word }
        guard isMethod, let receiver = words.first else { return "\(name)(\(words.joined(separator: ", ")))" }
        return "\(receiver).\(name)(\(words.dropFirst().joined(separator: ", ")))"
    }
}

/// All functions that the checks know, by their names.
enum SignatureTable {
    static func signatures(_ name: String) -> [Signature]? { byName[name] }

    static var names: some Sequence<String> { byName.keys }

    private static let byName: [String: [Signature]] = {
        var table = standard
        for part in [texts, mathematics, lists, optionals, network] {
            table.merge(part) { first, second in first + second }
        }
        // What the library has and no table names is taken at the library's own word.
        for name in Library.names where table[name] == nil {
            table[name] = Library.function(name)?.overloads.map { Signature($0) }
        }
        return table
    }()
}
