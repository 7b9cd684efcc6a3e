import Values

/// A function of the language: what it takes, for the checks, and what it does.
struct Function: Sendable {
    typealias Unary = @Sendable (CELValue) throws(Fault) -> CELValue
    typealias Binary = @Sendable (CELValue, CELValue) throws(Fault) -> CELValue
    /// Of a point in time, as the clocks of a zone show it; without a zone as those of UTC do.
    typealias Clock = @Sendable (CELValue, TimeZoneRules?) throws(Fault) -> CELValue
    typealias Variadic = @Sendable ([CELValue], inout Budget) throws(Fault) -> CELValue

    /// A method's receiver is its first argument. A body looks at the kinds of its arguments itself.
    enum Body: Sendable {
        case unary(Unary)
        case binary(Binary)
        case variadic(Variadic)
        /// A zone's name may follow as a second argument.
        case clock(Clock)
    }

    let name: String
    let overloads: [Overload]
    let body: Body

    init(_ name: String, _ overloads: [Overload], _ body: Body) {
        self.name = name
        self.overloads = overloads
        self.body = body
    }

    /// The overloads of a way of calling, `f(x)` or `x.f()`.
    func overloads(asMethod: Bool) -> [Overload] { overloads.filter { $0.isMethod == asMethod } }
}

struct Overload: Sendable {
    let isMethod: Bool
    /// The receiver first.
    let parameters: [StaticType]
    /// Whether the last parameter may be given again and again.
    var isVariadic = false
    let result: StaticType

    func takes(_ count: Int) -> Bool { isVariadic ? count >= parameters.count : count == parameters.count }

    func takes(_ types: [StaticType]) -> Bool {
        guard takes(types.count), let last = parameters.last else { return types.isEmpty }
        return types.enumerated().allSatisfy { at, type in (at < parameters.count ? parameters[at] : last).mayBe(type) }
    }

    static func global(_ parameters: StaticType..., to result: StaticType) -> Overload {
        Overload(isMethod: false, parameters: parameters, result: result)
    }

    static func variadic(_ parameter: StaticType, to result: StaticType) -> Overload {
        Overload(isMethod: false, parameters: [parameter], isVariadic: true, result: result)
    }

    static func method(_ parameters: StaticType..., to result: StaticType) -> Overload {
        Overload(isMethod: true, parameters: parameters, result: result)
    }
}

extension Fault {
    static func noOverload(_ function: String, _ arguments: CELValue...) -> Fault {
        .noOverload(function: function, kinds: arguments.map(\.kind))
    }
}
