//! What an import asks: an expression that could not be worked out, what it is needed for, and a
//! field for the answer.

use crate::interop::words::place;
use eniac_interop::Question;
use std::collections::BTreeMap;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The questions.
#[derive(Properties, PartialEq)]
pub struct QuestionsProps {
    /// What is asked now.
    pub questions: Vec<Question>,
    /// What was answered: expressions and answers.
    pub answers: BTreeMap<String, String>,
    /// An expression is answered; an empty answer takes it back.
    pub answer: Callback<(String, String)>,
}

/// The form: what is still asked, and what was answered, which can be changed.
#[component]
pub fn Questions(props: &QuestionsProps) -> Html {
    let QuestionsProps { questions, answers, answer } = props;
    if questions.is_empty() && answers.is_empty() {
        return html! {};
    }
    let is_asked = |expression: &String| questions.iter().any(|it| it.expression == *expression);
    let settled = answers.iter().filter(|(expression, _)| !is_asked(expression));
    html! {
        <section class="questions" aria-labelledby="import-asks" data-testid="questions">
            <h3 id="import-asks">
                { if questions.is_empty() { "Answered" } else { "What the files do not say" } }
            </h3>
            <ul>
                { for settled.map(|(expression, given)| html! {
                    <li key={expression.clone()}>
                        { field(expression, given, "", answer) }
                        <p class="quiet">{ "your answer; empty asks again" }</p>
                    </li>
                }) }
                { for questions.iter().map(|question| {
                    let given = answers.get(&question.expression).map_or("", String::as_str);
                    let assumed = question.assumed.as_deref().unwrap_or("not set");
                    html! {
                        <li key={question.expression.clone()}>
                            { field(&question.expression, given, assumed, answer) }
                            <p>
                                <span class="note-place">{ place(&question.file, question.line) }</span>
                                { format!(" {}. {}", question.needed_for, sentence(&question.because)) }
                            </p>
                        </li>
                    }
                }) }
            </ul>
        </section>
    }
}

fn field(
    expression: &str,
    given: &str,
    assumed: &str,
    answer: &Callback<(String, String)>,
) -> Html {
    let onchange = {
        let expression = expression.to_owned();
        answer.reform(move |event: Event| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            (expression.clone(), text.trim().to_owned())
        })
    };
    html! {
        <label class="field">
            <code>{ expression }</code>
            <span class="control">
                <input
                    type="text"
                    autocomplete="off"
                    spellcheck="false"
                    value={given.to_owned()}
                    placeholder={assumed.to_owned()}
                    {onchange}
                />
            </span>
        </label>
    }
}

/// With a capital and a full stop.
fn sentence(words: &str) -> String {
    let words = crate::format::capitalised(words);
    if words.is_empty() || words.ends_with('.') { words } else { format!("{words}.") }
}
