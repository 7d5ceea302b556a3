import TestSupport
import Testing

@testable import EmotionHead

@Suite struct TrainingChecksTests {
    /// A recipe with one setting made unusable, and what its message says: name, found, expected.
    struct Case: Sendable, CustomTestStringConvertible {
        let name, found, expected: String
        let change: @Sendable (inout TrainingRecipe) -> Void
        var testDescription: String { "\(name) = \(found)" }

        init(
            _ name: String, _ found: String, _ expected: String,
            _ change: @escaping @Sendable (inout TrainingRecipe) -> Void
        ) {
            (self.name, self.found, self.expected, self.change) = (name, found, expected, change)
        }
    }

    static let cases = [
        Case("head.hidden", "0", "widths in 1 ... 65536") { $0.hidden = [8, 0] },
        Case("head.hidden", "65537", "widths in 1 ... 65536") { $0.hidden = [65537] },
        Case(
            "head.hidden", "[65536, 65536], 4295950339 parameters",
            "widths that make at most 67108864 parameters of 10 features"
        ) { $0.hidden = [65536, 65536] },
        Case("head.dropout", "1.0", "a number in [0, 1)") { $0.dropout = 1 },
        Case("head.dropout", "nan", "a number in [0, 1)") { $0.dropout = .nan },
        Case("optimizer.learningRate", "-0.1", "a finite number of at least 0") { $0.optimizer.learningRate = -0.1 },
        Case("optimizer.learningRate", "inf", "a finite number of at least 0") {
            $0.optimizer.learningRate = .infinity
        },
        Case("optimizer.weightDecay", "-1.0", "a finite number of at least 0") { $0.optimizer.weightDecay = -1 },
        Case("optimizer.beta1", "1.0", "a number in [0, 1)") { $0.optimizer.beta1 = 1 },
        Case("optimizer.beta2", "-0.5", "a number in [0, 1)") { $0.optimizer.beta2 = -0.5 },
        Case("optimizer.epsilon", "0.0", "a number below 1 and at least 1.1754943508222875e-38") {
            $0.optimizer.epsilon = 0
        },
        Case("optimizer.layerWeightsLearningRate", "nan", "a finite number of at least 0") {
            $0.layerWeightsLearningRate = .nan
        },
        Case("states", "0", "at least 1") { $0.states = 0 },
        Case("labelSmoothing", "1.0", "a number in [0, 1)") { $0.labelSmoothing = 1 },
        Case("labelSmoothing", "-0.1", "a number in [0, 1)") { $0.labelSmoothing = -0.1 },
        Case("schedule.factor", "1.0", "a number in [0, 1)") { $0.schedule = .plateau(factor: 1) },
        Case("schedule.patience", "-1", "at least 0") { $0.schedule = .plateau(patience: -1) },
        Case("batch", "0", "at least 1") { $0.batch = 0 },
        Case("epochs", "0", "at least 1") { $0.epochs = 0 },
        Case("earlyStopping.patience", "0", "at least 1") {
            $0.earlyStopping = EarlyStopping(monitor: .loss, patience: 0)
        },
    ]

    @Test(arguments: cases) func anUnusableSettingIsNamed(_ unusable: Case) {
        var recipe = smallRecipe()
        unusable.change(&recipe)
        expectDiagnosis(
            """
            the head cannot be trained with this setting
              where:    \(unusable.name)
              found:    \(unusable.found)
              expected: \(unusable.expected)
              try:      change \(unusable.name) in the train stage of the stage file
            """, exit: .badData
        ) { try train(recipe, classes: 3, training: clouds(20), validation: clouds(8)) }
    }

    @Test func oneClassIsTooFew() {
        expectDiagnosis(
            """
            the head cannot be trained with this setting
              where:    classes
              found:    1
              expected: at least 2
              try:      change classes in the train stage of the stage file
            """, exit: .badData
        ) { try train(smallRecipe(), classes: 1, training: clouds(20), validation: nil) }
    }

    @Test func anEmptyTrainingSetIsRefused() {
        expectDiagnosis(
            """
            there are no training examples
              expected: at least one
              try:      check the protocol's folds and the labels kept
            """, exit: .badData
        ) { try train(smallRecipe(), classes: 3, training: clouds(0), validation: nil) }
    }

    @Test func anEmptyValidationSetIsRefused() {
        expectDiagnosis(
            """
            there are no validation examples
              expected: at least one
              try:      check earlyStopping.validation in the train stage
            """, exit: .badData
        ) { try train(smallRecipe(), classes: 3, training: clouds(20), validation: clouds(0)) }
    }

    @Test func featuresThatDoNotFitAreRefused() {
        var examples = clouds(20)
        examples.features.removeLast()
        expectDiagnosis(
            """
            the training features do not fit the training examples
              found:    199 numbers
              expected: 20 examples of 10 features
            """, exit: .internalFault
        ) { try train(smallRecipe(), classes: 3, training: examples, validation: nil) }
    }

    @Test func moreRowsThanLabelsAreRefused() {
        var examples = clouds(20)
        examples.rows = Array(0..<19)
        expectDiagnosis(
            """
            the training rows do not fit the training labels
              found:    19 rows
              expected: 20
            """, exit: .internalFault
        ) { try train(smallRecipe(), classes: 3, training: examples, validation: nil) }
    }

    @Test(arguments: [20, -1]) func aRowOutsideTheTableIsRefused(_ row: Int) {
        var validation = clouds(20)
        validation.rows = Array(0..<19) + [row]
        expectDiagnosis(
            """
            an example is outside the table of features
              where:    validation example 19
              found:    row \(row)
              expected: 0 ..< 20
            """, exit: .internalFault
        ) { try train(smallRecipe(), classes: 3, training: clouds(20), validation: validation) }
    }

    @Test func featuresThatAreNoWholeNumberOfStatesAreRefused() {
        var recipe = smallRecipe()
        recipe.states = 3
        expectDiagnosis(
            """
            the training features do not fit the states
              found:    10 features an example
              expected: a multiple of 3 states
            """, exit: .internalFault
        ) { try train(recipe, classes: 3, training: clouds(20), validation: nil) }
    }

    @Test(arguments: [3, -1]) func aLabelOutsideTheClassesIsRefused(_ label: Int) {
        var examples = clouds(20)
        examples.labels[7] = label
        expectDiagnosis(
            """
            a label is none of the classes
              where:    training example 7
              found:    \(label)
              expected: 0 ... 2
            """, exit: .badData
        ) { try train(smallRecipe(), classes: 3, training: examples, validation: nil) }
    }

    @Test func aFeatureThatIsNotFiniteIsRefusedBeforeTraining() {
        var validation = clouds(20)
        validation.features[57] = .nan
        expectDiagnosis(
            """
            a feature is not finite
              where:    validation example 5, feature 7
              found:    nan
              expected: a finite number
              try:      timbre cache verify --drop, then run again
            """, exit: .badData
        ) { try train(smallRecipe(), classes: 3, training: clouds(20), validation: validation) }
    }

    @Test func validationExamplesOfAnotherWidthAreRefused() {
        expectDiagnosis(
            """
            training and validation examples have different numbers of features
              found:    9 for validation
              expected: 10, as for training
            """, exit: .internalFault
        ) { try train(smallRecipe(), classes: 3, training: clouds(20), validation: clouds(20, inputs: 9)) }
    }

    @Test func earlyStoppingNeedsValidationExamples() {
        expectDiagnosis(
            """
            early stopping has nothing to watch
              where:    earlyStopping.monitor
              found:    accuracy
              expected: validation examples to measure it on
              try:      add earlyStopping.validation, or leave out earlyStopping
            """, exit: .badData
        ) {
            let recipe = smallRecipe(earlyStopping: EarlyStopping(monitor: .accuracy, patience: 2))
            return try train(recipe, classes: 3, training: clouds(20), validation: nil)
        }
    }
}
