import FileIO
import Model
import Runner
import TestKit
import Testing

/// Carrying a saved plan out dies at every single thing that it asks the disk to do; what follows ends where it would have ended.
@Suite(.serialized)
struct AppliedDeathTests {
    @Test(
        "an apply that dies at any operation, and is applied again, ends in the same place; so it does where a run follows"
    )
    func everyOperation() async throws {
        let undisturbed = try await ApplyTests().edited()
        let plan = try await undisturbed.savedPlan()
        let counter = Countdown(Int.max)
        var counted = undisturbed
        counted.disk = counter.disk
        try await counted.apply(plan)
        let end = try undisturbed.data()
        let operations = counter.asked
        #expect(operations > 50)
        var halves = 0
        for number in 1...operations {
            var story = try await ApplyTests().edited()
            let plan = try await story.savedPlan()
            let countdown = Countdown(number)
            story.disk = countdown.disk
            _ = try? await story.apply(plan)
            story.disk = Disk()
            let place = "died at operation \(number) of \(operations): \(countdown.last ?? "")"
            // By turns.
            if number.isMultiple(of: 2) {
                let left = try await story.applying(plan)().flatMap(\.leftOut).filter { $0.cause != .done }
                // Of a pair of which both records are written, the one half that was made changed what the other was made from.
                #expect(left.allSatisfy { $0.ids == Sides(left: "7", right: "107") }, "\(place): \(left.map(\.short))")
                if left.isEmpty { #expect(try story.data() == end, "\(place)") }
                halves += left.count
            } else {
                try await story.run()
                #expect(try story.data() == end, "\(place)")
            }
            _ = try await story.run()
            #expect(try story.data() == end, "\(place)")
            #expect(try story.held() == [], "\(place)")
        }
        #expect(halves > 0)
    }
}
