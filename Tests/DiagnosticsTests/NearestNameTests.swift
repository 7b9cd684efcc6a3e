import Diagnostics
import Testing

@Suite("Nearest name")
struct NearestNameTests {
    @Test(
        "finds the name that was mistyped",
        arguments: [
            ("priorty", "priority"), ("colection", "collection"), ("shcedule", "schedule"), ("Left", "left"),
        ])
    func finds(typed: String, meant: String) {
        #expect(nearestName(to: typed, in: ["left", "right", "schedule", "priority", "collection"]) == meant)
    }

    @Test("does not guess when nothing is near")
    func declines() {
        #expect(nearestName(to: "zebra", in: ["left", "right"]) == nil)
        #expect(nearestName(to: "x", in: []) == nil)
    }

    @Test("where no name is near, the shortest that holds all of this one is meant")
    func longer() {
        let names = ["upperAscii", "isUpperText", "size", "lowerAscii"]
        #expect(nearestOrLongerName(to: "upper", in: names) == "upperAscii")
        #expect(nearestOrLongerName(to: "sizee", in: names) == "size")
        #expect(nearestOrLongerName(to: "as", in: names) == nil)
        #expect(nearestOrLongerName(to: "upperAsciiOfEveryText", in: names) == nil)
    }
}
