/// What the checks know of an expression's surroundings.
package struct TypeEnvironment: Sendable {
    /// The types of values that are given beside the record; what is not named here is ``CELType/dyn``. A name here is
    /// given even where ``CompileOptions/names`` lacks it. A name may have dots in it.
    package var variables: [(name: String, type: CELType)] = []
    /// Functions beside those of the language; they hide those of their names.
    package var functions: [String: [Signature]] = [:]
    /// The record, whose fields are names. nil where there is none: then a name that is not given is a mistake.
    package var record: ObjectType? = .unknown

    package init() {}

    func type(ofVariable name: String) -> CELType {
        variables.last { $0.name.utf8.elementsEqual(name.utf8) }?.type ?? .dyn
    }
}

/// One way in which a function can be called, and what it gives.
package struct Signature: Sendable, Hashable {
    package let isMethod: Bool
    /// The receiver of a method first.
    package let parameters: [CELType]
    package let result: CELType
    /// The names of its type parameters.
    let generics: [String]
    /// Those that stand in the result: what is given for them is brought together there. The others only compare.
    let merged: [String]

    package init(isMethod: Bool = false, _ parameters: [CELType], to result: CELType) {
        self.isMethod = isMethod
        self.parameters = parameters
        self.result = result
        var generics: [String] = []
        for type in parameters + [result] { type.collectParameters(into: &generics) }
        self.generics = generics
        var merged: [String] = []
        result.collectParameters(into: &merged)
        self.merged = merged
    }
}

extension CELType {
    fileprivate func collectParameters(into names: inout [String]) {
        switch self {
        case .parameter(let name): if !names.contains(name) { names.append(name) }
        case .list(let inner), .type(let inner), .nullable(let inner): inner.collectParameters(into: &names)
        case .map(let key, let value):
            key.collectParameters(into: &names)
            value.collectParameters(into: &names)
        case .opaque(_, let contents): for content in contents { content.collectParameters(into: &names) }
        default: break
        }
    }
}
