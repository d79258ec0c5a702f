//! What a format puts around a number, or makes of it: words, signs in quotes, thousands left out. How many decimals it
//! shows does not matter here: the number is shown with all of its digits.

/// A format that shows more than the digits of a number, or others.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::reader) struct Worded {
    /// Up to three for numbers, and perhaps one for texts, in order.
    sections: Vec<Section>,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Section {
    condition: Option<(Compared, f64)>,
    tokens: Vec<Token>,
    percents: i32,
    /// Commas behind the last digit: each leaves out three digits.
    thousands: i32,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Compared {
    Less,
    LessOrEqual,
    Equal,
    NotEqual,
    GreaterOrEqual,
    Greater,
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Literal(String),
    /// A place for a digit; whether it shows a zero where there is none.
    Digit(bool),
    Point,
    /// All of the number.
    Number,
    Percent,
    /// The text of a cell of text.
    Text,
}

impl Worded {
    /// `None` for a format that shows nothing but the number, however it is rounded, coloured and spaced.
    pub fn of(code: &str) -> Option<Worded> {
        let sections = sections(code)?;
        sections.iter().any(Section::is_odd).then_some(Worded { sections })
    }

    /// What a person reads in a cell that holds this number: `5%`, `7,5`, `5 (dự kiến)`. `None` where that is the number.
    pub fn number(&self, number: f64) -> Option<String> {
        if !number.is_finite() {
            return None;
        }
        let numeric: Vec<&Section> = self.sections.iter().take(3).filter(|section| !section.is_of_texts()).collect();
        let (section, sign) = match numeric[..] {
            [] => return None,
            [only] if only.condition.is_none() => (only, number < 0.0),
            [_, ..] if numeric.iter().take(2).any(|section| section.condition.is_some()) => {
                let holds = |section: &&&Section| section.condition.is_none_or(|condition| condition.holds(number));
                match numeric.iter().find(holds) {
                    Some(section) => (*section, number < 0.0),
                    None => return Some("#####".to_owned()),
                }
            }
            [positive, negative, ref zero @ ..] => match number {
                n if n < 0.0 => (negative, false),
                0.0 => (zero.first().copied().unwrap_or(positive), false),
                _ => (positive, false),
            },
            [only] => (only, number < 0.0),
        };
        section.is_odd().then(|| section.show(number.abs(), sign))
    }

    /// What a person reads in a cell that holds this text, where that is not the text.
    pub fn text(&self, text: &str) -> Option<String> {
        let section = self.sections.iter().find(|section| section.is_of_texts()).filter(|section| section.is_odd())?;
        let shown = section.tokens.iter().map(|token| match token {
            Token::Literal(literal) => literal.as_str(),
            Token::Text => text,
            _ => "",
        });
        Some(shown.collect::<String>().trim().to_owned())
    }
}

impl Section {
    fn is_of_texts(&self) -> bool {
        self.tokens.contains(&Token::Text)
    }

    fn shows_number(&self) -> bool {
        self.tokens.iter().any(|token| matches!(token, Token::Digit(_) | Token::Number))
    }

    /// Whether it shows anything but the number and signs of accounts.
    fn is_odd(&self) -> bool {
        let says = |token: &Token| match token {
            Token::Literal(literal) => literal.chars().any(|c| c.is_alphanumeric() || c == '%' || c == '‰'),
            _ => false,
        };
        let is_blank = !self.shows_number() && !self.is_of_texts() && !self.tokens.iter().any(is_sign);
        self.thousands > 0 || is_blank || self.tokens.iter().any(says) || self.is_parted()
    }

    /// Whether signs stand between its digits: `0\,0` shows 75 as 7,5.
    fn is_parted(&self) -> bool {
        let is_digit = |token: &Token| matches!(token, Token::Digit(_));
        let first = self.tokens.iter().position(is_digit);
        let last = self.tokens.iter().rposition(is_digit);
        first.zip(last).is_some_and(|(first, last)| self.tokens[first..last].iter().any(is_sign))
    }

    fn show(&self, number: f64, negative: bool) -> String {
        let number = number * 100_f64.powi(self.percents) / 1000_f64.powi(self.thousands);
        let mut out = String::new();
        if negative {
            out.push('-');
        }
        if self.is_parted() {
            self.show_parted(number, &mut out);
        } else {
            let mut is_shown = false;
            for token in &self.tokens {
                match token {
                    Token::Literal(literal) => out.push_str(literal),
                    Token::Percent => out.push('%'),
                    Token::Digit(_) | Token::Point | Token::Number if !is_shown => {
                        out.push_str(&digits(number));
                        is_shown = true;
                    }
                    _ => {}
                }
            }
        }
        out.trim().to_owned()
    }

    /// Digit by digit, from the last place on.
    fn show_parted(&self, number: f64, out: &mut String) {
        let point = self.tokens.iter().position(|token| *token == Token::Point).unwrap_or(self.tokens.len());
        let places = |tokens: &[Token]| tokens.iter().filter(|token| matches!(token, Token::Digit(_))).count();
        let decimals = places(&self.tokens[point..]);
        let rounded = format!("{number:.decimals$}");
        let (whole, fraction) = rounded.split_once('.').unwrap_or((&rounded, ""));
        let all = places(&self.tokens[..point]);
        let mut whole: Vec<char> = whole.chars().filter(|_| number >= 1.0).collect();
        // More digits than places stand before the first place.
        let surplus: String = whole.drain(..whole.len().saturating_sub(all)).collect();
        let mut blank = all - whole.len();
        let mut whole = whole.into_iter();
        let mut fraction = fraction.chars();
        let mut is_first = true;
        for (at, token) in self.tokens.iter().enumerate() {
            match token {
                Token::Literal(literal) => out.push_str(literal),
                Token::Point => out.push(','),
                Token::Percent => out.push('%'),
                Token::Digit(_) if at > point => out.extend(fraction.next()),
                Token::Digit(zero) => {
                    if std::mem::take(&mut is_first) {
                        out.push_str(&surplus);
                    }
                    if blank > 0 {
                        blank -= 1;
                        out.extend(zero.then_some('0'));
                    } else {
                        out.extend(whole.next());
                    }
                }
                _ => {}
            }
        }
    }
}

fn is_sign(token: &Token) -> bool {
    matches!(token, Token::Literal(literal) if !literal.trim().is_empty())
}

/// All digits of a number, but for what floating arithmetic adds.
fn digits(number: f64) -> String {
    let text = format!("{number:.9}");
    text.trim_end_matches('0').trim_end_matches('.').replace('.', ",")
}

impl Compared {
    fn of(sign: &str) -> Option<Compared> {
        Some(match sign {
            "<" => Compared::Less,
            "<=" => Compared::LessOrEqual,
            "=" => Compared::Equal,
            "<>" => Compared::NotEqual,
            ">=" => Compared::GreaterOrEqual,
            ">" => Compared::Greater,
            _ => return None,
        })
    }
}

trait Holds {
    fn holds(self, number: f64) -> bool;
}

impl Holds for (Compared, f64) {
    fn holds(self, number: f64) -> bool {
        let limit = self.1;
        match self.0 {
            Compared::Less => number < limit,
            Compared::LessOrEqual => number <= limit,
            Compared::Equal => number == limit,
            Compared::NotEqual => number != limit,
            Compared::GreaterOrEqual => number >= limit,
            Compared::Greater => number > limit,
        }
    }
}

/// The sections of a format of numbers and texts; `None` where one is of dates or times.
fn sections(code: &str) -> Option<Vec<Section>> {
    let mut sections = vec![Section::default()];
    let mut chars = code.chars();
    let mut commas = 0;
    while let Some(c) = chars.next() {
        let Some(section) = sections.last_mut() else { break };
        if !matches!(c, ',' | '0' | '#' | '?') {
            section.thousands += std::mem::take(&mut commas);
        }
        match c {
            ';' => sections.push(Section::default()),
            '"' => {
                let mut literal = String::new();
                chars.by_ref().take_while(|c| *c != '"').for_each(|c| literal.push(c));
                section.add(literal);
            }
            '\\' => section.add(chars.next().map(String::from).unwrap_or_default()),
            '_' => {
                chars.next();
                section.add(" ".to_owned());
            }
            '*' => _ = chars.next(),
            '[' => {
                let inner: String = chars.by_ref().take_while(|c| *c != ']').collect();
                bracket(&inner, section)?;
            }
            '0' | '#' | '?' => {
                commas = 0;
                section.tokens.push(Token::Digit(c == '0'));
            }
            // Between digits it parts thousands.
            ',' if section.tokens.iter().any(|token| matches!(token, Token::Digit(_))) => commas += 1,
            '.' if !section.tokens.contains(&Token::Point) => section.tokens.push(Token::Point),
            '%' => {
                section.percents += 1;
                section.tokens.push(Token::Percent);
            }
            // Fractions.
            '/' if section.shows_number() => return None,
            'E' | 'e' if chars.as_str().starts_with(['+', '-']) => return None,
            '@' => section.tokens.push(Token::Text),
            'G' | 'g' if chars.as_str().get(..6).is_some_and(|rest| rest.eq_ignore_ascii_case("eneral")) => {
                chars.nth(5);
                section.tokens.push(Token::Number);
            }
            c => section.add(c.to_string()),
        }
    }
    if let Some(last) = sections.last_mut() {
        last.thousands += commas;
    }
    Some(sections)
}

/// A condition, a currency, a colour; `None` for a length of time.
fn bracket(inner: &str, section: &mut Section) -> Option<()> {
    if let Some(currency) = inner.strip_prefix('$') {
        section.add(currency.split('-').next().unwrap_or_default().to_owned());
        return Some(());
    }
    let digits = inner.find(|c: char| !matches!(c, '<' | '>' | '=')).unwrap_or(inner.len());
    let (sign, limit) = inner.split_at(digits);
    if let (Some(sign), Ok(limit)) = (Compared::of(sign), limit.trim().parse()) {
        section.condition = Some((sign, limit));
        return Some(());
    }
    (!super::is_length_of_time(inner)).then_some(())
}

impl Section {
    fn add(&mut self, literal: String) {
        match self.tokens.last_mut() {
            Some(Token::Literal(before)) => before.push_str(&literal),
            _ => self.tokens.push(Token::Literal(literal)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn shown(code: &str, number: f64, want: &str) {
        let shown = Worded::of(code).and_then(|worded| worded.number(number));
        assert_eq!(shown.as_deref(), Some(want), "{code} {number}");
    }

    #[test]
    fn what_changes_the_number_is_shown() {
        shown("0\"%\"", 5.0, "5%");
        shown("0\\%", 5.5, "5,5%");
        shown("0.0,", 7500.0, "7,5");
        shown("#,##0,", 12_000.0, "12");
        shown("0,,\" tr\"", 2_500_000.0, "2,5 tr");
        shown("0\" (dự kiến)\"", 7.0, "7 (dự kiến)");
        shown("General\" (chưa xong)\"", 7.25, "7,25 (chưa xong)");
        shown("0\"/10\"", 7.0, "7/10");
        shown("0\"0\"", 5.0, "50");
        shown("\"1\"0", 5.0, "15");
        shown("0% \"nháp\"", 0.8, "80% nháp");
        shown("0\\,0", 75.0, "7,5");
        shown("0\\,0", 5.0, "0,5");
        shown("0\".\"00", 1234.0, "12.34");
        shown(";;;", 5.0, "");
        shown("0;-0;", 0.0, "");
        shown("[=1]\"Có\";[=0]\"Không\"", 1.0, "Có");
        shown("[=1]\"Có\";[=0]\"Không\"", 0.0, "Không");
        shown("[=1]\"Có\";[=0]\"Không\"", 5.0, "#####");
        shown("[>=5]\"Đạt\";\"Chưa đạt\"", 3.0, "Chưa đạt");
        shown("\"Đạt\";;\"Chưa đạt\"", 1.0, "Đạt");
        shown("0\" đ\"", -5.0, "-5 đ");
        shown("[$nghìn-42A] 0", 5.0, "nghìn 5");
    }

    #[test]
    fn what_shows_the_number_is_not_worded() {
        for code in [
            "General",
            "0",
            "0.0",
            "0.00",
            "#,##0.00",
            "@",
            "0%",
            "[Red]0.0;[Blue]-0.0",
            "_-* #,##0_-;-* #,##0_-;_-* \"-\"_-;_-@_-",
            "#,##0_);(#,##0)",
            "0.00E+00",
            "# ?/?",
            "[h]:mm",
        ] {
            let number = Worded::of(code).and_then(|worded| worded.number(5.0));
            assert_eq!(number, None, "{code}");
        }
    }

    #[test]
    fn texts_are_worded_too() {
        assert_eq!(Worded::of("0;0;0;\"Chưa \"@").unwrap().text("đạt").as_deref(), Some("Chưa đạt"));
        assert_eq!(Worded::of("0\" điểm\";;;@").unwrap().text("đạt"), None);
        assert_eq!(Worded::of("0\"%\"").unwrap().text("đạt"), None);
    }

    #[test]
    fn every_cut_is_survived() {
        let code = "[>=1,5][$₫-42A]#,##0.0,\" (dự kiến)\"_-*x\\%;-0%;;\"a\"@[h]";
        let cuts = code.char_indices().map(|(at, _)| &code[..at]);
        for worded in cuts.filter_map(Worded::of) {
            for number in [0.0, -1.0, 1e300, 1e-300, 7.5, f64::NAN] {
                let _ = worded.number(number);
            }
        }
    }
}
