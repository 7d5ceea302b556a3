import Evaluation
import Testing

@testable import SpeechEmotion

@Suite struct DivisionTests {
    @Test func clipsThatTheLabelSetLeavesOutAreInNoFold() throws {
        let labels = try LabelSet(of: ["x", "y", "z"], merging: ["z": "x"], keeping: ["x"] + ["y"])
        let all = try division(labels: labels)
        #expect(all.labels == clips.map { [0, 1, 0][$0.label] })
        let some = try division(labels: try LabelSet(of: ["x", "y", "z"], keeping: ["x", "z"]))
        let members = Set(some.folds.flatMap { $0.train + $0.test })
        #expect(members == Set(clips.indices.filter { clips[$0].label != 1 }))
        #expect(some.labels(of: some.folds[0].test).allSatisfy { $0 < 2 })
    }

    @Test func independenceIsAFactOfTheFoldsNotOfTheAllowance() throws {
        #expect(try division(.speakerKFold(k: 2), allowing: true).isSpeakerIndependent)
        #expect(try !division(.randomKFold(k: 2), allowing: true).isSpeakerIndependent)
    }

    @Test func theDigestKnowsTestPartsAndNotValidation() throws {
        let plain = try division(.leaveOneSpeakerOut)
        #expect(try division(.leaveOneSpeakerOut, validation: .speakers(1)).digest == plain.digest)
        #expect(try division(.leaveOneSpeakerOut, validation: .speakers(1)).members != plain.members)
        #expect(try division(.speakerKFold(k: 2)).digest != plain.digest)
    }

    @Test func anotherOrderOrNameOfTheClipsIsTheSameDivision() throws {
        let renamed = clips.reversed().map { clip in
            var clip = clip
            clip.path = "renamed/" + clip.path
            return clip
        }
        let request = request(.leaveOneSpeakerOut)
        let (first, second) = (try Division(request, of: clips), try Division(request, of: Array(renamed)))
        #expect(first.digest == second.digest)
    }

    @Test func aSpeakerOnBothSidesStopsUnlessAllowed() {
        #expect(throws: EvaluationError.self) { try division(.randomKFold(k: 2), allowing: false) }
    }

    @Test func aColumnOfFileNamesInThePlaceOfSpeakersStopsBeforeAnyFoldIsMade() throws {
        let clips = (0..<40_000).map {
            LabelledClip(path: "\($0).wav", content: "\($0)", speaker: "\($0).wav", label: $0 % 3)
        }
        let refusal = EvaluationError.tooManyFolds(40_000, clips: 40_000, protocolName: "leave-one-speaker-out")
        #expect(throws: refusal) { try Division(request(.leaveOneSpeakerOut), of: clips) }
    }

    @Test func aListMayNameClipsThatTheLabelSetOrTheCorpusLeavesOut() throws {
        let rows = (clips.map(\.path) + ["broken.wav"]).map {
            ListedFolds.Row(line: 2, fold: String($0.prefix(2)), member: .clip($0))
        }
        let list = try ListedFolds(name: "own-folds", rows: rows)
        let labels = try LabelSet(of: ["x", "y", "z"], keeping: ["x", "z"])
        #expect(throws: EvaluationError.self) { try division(.listed(list), labels: labels) }
        let kept = try ListedFolds(name: "own-folds", rows: rows.filter { $0.fold != "br" })
        let folds = try division(.listed(kept), labels: labels).folds
        #expect(folds.map(\.name) == ["s1", "s2", "s3"])
        #expect(folds.flatMap(\.test) == clips.indices.filter { clips[$0].label != 1 })
    }

    @Test func whoIsScaledBySpeakerIsPartOfTheKeyAlone() throws {
        let fewer = Array(clips.dropFirst())
        let labels = try LabelSet(of: ["x", "y", "z"], keeping: ["y", "z"])
        let (all, some) = (
            try Division(request(.leaveOneSpeakerOut, labels: labels), of: clips),
            try Division(request(.leaveOneSpeakerOut, labels: labels), of: fewer)
        )
        #expect(all.members == some.members)
        #expect(all.speakers != some.speakers)
    }

    @Test func controlsOfOtherLabelsAreOthers() throws {
        let merged = try ["x", "z"].map { target in
            try control(of: division(labels: LabelSet(of: ["x", "y", "z"], merging: ["y": target])))
        }
        #expect(merged[0].identity != merged[1].identity)
        #expect(merged[0].cell.id != merged[1].cell.id)
    }

    @Test func theMajorityControlAnswersTheMostFrequentTrainingClass() throws {
        let control = try control(of: division(.leaveOneSpeakerOut))
        let folds = control.folds(of: clips)
        // Every speaker has three clips of class z and two of each other.
        #expect(folds.allSatisfy { fold in fold.predictions.allSatisfy { $0.predicted == 2 } })
        #expect(folds.flatMap(\.predictions).count == clips.count)
        #expect(control.cell.isControl)
    }

    @Test func theMajorityIsCountedAfterAReportsMerger() throws {
        let control = try control(of: division(.leaveOneSpeakerOut), merging: ["x": "y"])
        // Two clips of x and two of y outnumber the three of z.
        #expect(control.cell.classes == ["y", "z"])
        #expect(control.cell.labels == "x as y, merged in the report")
        #expect(control.folds(of: clips).allSatisfy { fold in fold.predictions.allSatisfy { $0.predicted == 0 } })
    }

    private func control(of division: Division, merging: [String: String] = [:]) throws -> MajorityControl {
        let labels = ReportLabels(merging: merging)
        return MajorityControl(
            division: division, labels: try labels.relabelling(of: division.request.labels.classes))
    }

    private let clips: [LabelledClip] = ["s1", "s2", "s3"].flatMap { speaker in
        [0, 0, 1, 1, 2, 2, 2].enumerated().map { number, label in
            LabelledClip(
                path: "\(speaker)/\(number).wav", content: "\(speaker) \(number)", speaker: speaker, label: label)
        }
    }

    private func request(
        _ splitProtocol: SplitProtocol, validation: ValidationRule = .none, allowing: Bool = false,
        labels: LabelSet? = nil
    ) -> DivisionRequest {
        guard let labels = labels ?? (try? LabelSet(of: ["x", "y", "z"])) else {
            preconditionFailure("three classes make a label set")
        }
        return DivisionRequest(
            splitProtocol: splitProtocol, seed: 0, validation: validation, allowSpeakerOverlap: allowing,
            labels: labels, foldsFile: nil, idleParameters: [])
    }

    private func division(
        _ splitProtocol: SplitProtocol = .leaveOneSpeakerOut, validation: ValidationRule = .none,
        allowing: Bool = false, labels: LabelSet? = nil
    ) throws -> Division {
        try Division(request(splitProtocol, validation: validation, allowing: allowing, labels: labels), of: clips)
    }
}
