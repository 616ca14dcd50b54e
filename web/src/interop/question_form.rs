//! What an import asks: an expression that could not be worked out, what it is needed for, and a
//! field for the answer.

use crate::interop::draft::Draft;
use crate::interop::words::place;
use eniac_interop::{Import, Question};
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The questions.
#[derive(Properties, PartialEq)]
pub struct QuestionsProps {
    /// What asks.
    pub import: Rc<Import>,
    /// What was answered, and what is being typed.
    pub draft: Rc<Draft>,
    /// This is said now.
    pub say: Callback<Draft>,
}

/// The form: what is still asked, and what was answered, which can be changed.
#[component]
pub fn Questions(props: &QuestionsProps) -> Html {
    let QuestionsProps { import, draft, say } = props;
    let (questions, answers) = (&import.questions, &draft.settings.answers);
    if questions.is_empty() && answers.is_empty() {
        return html! {};
    }
    let is_asked = |expression: &String| questions.iter().any(|it| it.expression == *expression);
    let settled = answers.keys().filter(|expression| !is_asked(expression));
    let is_open = draft.open_questions(import) > 0;
    html! {
        <section class="questions" aria-labelledby="import-asks" data-testid="questions">
            <h3 id="import-asks">
                { if is_open { "What the files do not say" } else { "Answered" } }
            </h3>
            <ul>
                { for settled.map(|expression| {
                    let wrong = draft.wrong(import, expression);
                    html! {
                        <li key={expression.clone()}>
                            { field(expression, "", draft, wrong.as_deref(), say) }
                            if let Some(question) = draft.asked.get(expression) {
                                <p>{ needed(question) }{ "; your answer, empty asks again" }</p>
                            } else {
                                <p class="quiet">{ "your answer; empty asks again" }</p>
                            }
                        </li>
                    }
                }) }
                { for questions.iter().map(|question| {
                    let assumed = question.assumed.as_deref().unwrap_or("not set");
                    html! {
                        <li key={question.expression.clone()}>
                            { field(&question.expression, assumed, draft, None, say) }
                            <p>{ needed(question) }{ format!(". {}", sentence(&question.because)) }</p>
                        </li>
                    }
                }) }
            </ul>
        </section>
    }
}

/// Where it is asked, and what for.
fn needed(question: &Question) -> Html {
    html! {
        <>
            <span class="note-place">{ place(&question.file, question.line) }</span>
            { format!(" {}", question.needed_for) }
        </>
    }
}

fn field(
    expression: &str,
    assumed: &str,
    draft: &Rc<Draft>,
    wrong: Option<&str>,
    say: &Callback<Draft>,
) -> Html {
    let typed = draft.typed.get(expression).or_else(|| draft.settings.answers.get(expression));
    let typed = typed.cloned().unwrap_or_default();
    let oninput = {
        let (expression, draft) = (expression.to_owned(), draft.clone());
        say.reform(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            let mut next = (*draft).clone();
            next.typed.insert(expression.clone(), text);
            next
        })
    };
    let onchange = {
        let (expression, draft) = (expression.to_owned(), draft.clone());
        say.reform(move |event: Event| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            draft.answered(&expression, &text)
        })
    };
    let about = wrong.is_some().then(|| format!("answer-about:{expression}"));
    html! {
        <div>
            <label class="field">
                <code>{ expression }</code>
                <span class="control">
                    <input
                        type="text"
                        autocomplete="off"
                        spellcheck="false"
                        value={typed}
                        placeholder={assumed.to_owned()}
                        aria-invalid={wrong.is_some().then_some("true")}
                        aria-describedby={about.clone()}
                        {oninput}
                        {onchange}
                    />
                </span>
            </label>
            if let Some(wrong) = wrong {
                <p class="error-line" id={about}>{ sentence(wrong) }</p>
            }
        </div>
    }
}

/// With a capital and a full stop.
fn sentence(words: &str) -> String {
    let words = crate::format::capitalised(words);
    if words.is_empty() || words.ends_with('.') { words } else { format!("{words}.") }
}
