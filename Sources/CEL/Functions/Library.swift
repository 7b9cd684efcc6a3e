/// All functions by their names.
enum Library {
    static func function(_ name: String) -> Function? { byName[name] }

    static var names: some Sequence<String> { byName.keys }

    private static let byName: [String: Function] = {
        let standard = Conversions.functions + TextFunctions.functions + TimeFunctions.functions
        let text = TextFormat.functions + Encoders.functions
        let all =
            standard + text + MathFunctions.functions + OptionalFunctions.functions
            + ListFunctions.functions + SetFunctions.functions + NetworkFunctions.functions
        return Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }()
}
